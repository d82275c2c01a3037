module slipway/tools/cluster/images

go 1.24.0
