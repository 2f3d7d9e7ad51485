# ANCHOR: setup
x = 1
# ANCHOR_END: setup
y = 2
