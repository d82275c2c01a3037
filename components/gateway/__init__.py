"""The gateway: Envoy's configuration rendered from a GatewaySpec, pure and free of Pulumi."""

from components.gateway.command import gateway_command as gateway_command
from components.gateway.files import endpoints_file as endpoints_file
from components.gateway.files import gateway_files as gateway_files
from components.gateway.files import keys_file as keys_file
from components.gateway.site import Site as Site
from components.gateway.site import local_site as local_site
