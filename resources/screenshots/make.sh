#!/usr/bin/env bash
# Makes the pictures of this folder anew: every state of the window in every theme, and the main ones once more at twice the density.
# Needs a built program, xvfb-run, and ImageMagick for small files.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=${1:-$here/../../build/release/app/crystallite}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

take() {
    XDG_DATA_HOME=$scratch/data QT_QPA_PLATFORM=xcb xvfb-run -a -s '-screen 0 2880x1800x24' \
        "$program" --model stories --device cpu --screenshots "$scratch/pictures" "$@" >/dev/null
}
take --theme all
take --theme all --scale 2

rm -f "$here"/*.png
for picture in "$scratch"/pictures/*.png; do
    case $(basename "$picture") in
        study-* | inspector-dark* | inspector-light* | inspector-high* | core-sample-* | measure-* | sudoku-*) ;;
        *-2x.png) continue ;;  # taken, but not worth the room
    esac
    # Few colours: a palette takes a third of the room, and dithering would cost more than it hides.
    convert "$picture" +dither -colors 255 -define png:compression-level=9 -define png:compression-filter=0 "PNG8:$here/$(basename "$picture")"
done
du -ch "$here"/*.png | tail -1
