"""One matter, one volume (一案一卷): a closed petition's papers with cover, catalogue, note and the check of four properties."""
