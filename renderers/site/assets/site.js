// What the site does with scripts.
