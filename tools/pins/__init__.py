"""`make pins`: digests of images and versions of charts, asked of those who publish them."""
