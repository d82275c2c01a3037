"""Rules that `pulumi preview --policy-pack policies` holds a stack to, before anything changes."""

from pulumi_policy import PolicyPack

from policies import imds

PolicyPack("slipway", policies=[imds.POLICY])
