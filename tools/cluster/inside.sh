#!/bin/sh
# First process of the cluster's namespaces. It gives them a view of the machine that they may
# write to, then becomes the program it was given. Nothing here is seen outside.
set -eu
state=$1 address=$2 services=$3
shift 3

mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/state "$state/lib/${state##*/}"
mount --bind "$state" /run/state
mount --bind "$state/log" /var/log
mount --bind "$state/lib" /var/lib
mount --bind /run/state "$state"
(cd "$state/sysctl" && find . -type f) | while read -r name; do
  if [ -e "/proc/sys/$name" ]; then mount --bind "$state/sysctl/$name" "/proc/sys/$name"; fi
done
# Containers may ask for mounts that follow their source: those need shared ones.
mount --make-rshared /

ip link set lo up
for _ in $(seq 100); do
  if ip link show eth0 >/dev/null 2>&1; then break; fi
  sleep 0.1
done
ip address add "$address" dev eth0
ip link set eth0 up
# Service addresses exist in iptables only, but the kernel wants a route before it asks them.
ip route add "$services" dev eth0
# The namespace that this was started from, for parts that need the machine's network.
touch /run/host-network
mount --bind /proc/self/fd/9 /run/host-network
exec 9<&-
echo 1 >/proc/sys/net/ipv4/ip_forward

exec "$@"
