#!/usr/bin/env bash
# A command that makes many runs as one SLURM job, which brings a Dask scheduler and workers of its own. Submit it from a
# folder that all nodes share, with the environment of the program active; what follows the script's name is the command:
#
#   sbatch --nodes=4 --cpus-per-task=32 docs/cluster/slurm.sh sweep design.yaml --out results/design
#
# If the time runs out, submit it again: it goes on. The command writes to growth-JOB.log, Dask to growth-JOB.dask.log.
# DASK_INTERFACE names the network that nodes talk over, such as ib0.
#SBATCH --job-name=growth
#SBATCH --nodes=1
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=4
#SBATCH --mem-per-cpu=1G
#SBATCH --time=04:00:00
#SBATCH --output=growth-%j.log
set -euo pipefail

cores=${SLURM_CPUS_PER_TASK:-1}
nodes=${SLURM_JOB_NUM_NODES:-1}
workers=$((nodes * cores))
export COMMUNITY_GROWTH_CACHE=${COMMUNITY_GROWTH_CACHE:-$PWD/.cache} # the command compiles once for all
export OMP_NUM_THREADS=1 DASK_LOGGING__DISTRIBUTED=warning

log="$PWD/growth-${SLURM_JOB_ID:-0}.dask.log" # what the scheduler and the workers say
own=$(mktemp -d "$PWD/.growth-${SLURM_JOB_ID:-0}-XXXXXX") # for this user's eyes only
finish() {
    status=$?
    trap - EXIT
    set +e
    kill $(jobs -pr) 2>/dev/null
    wait
    rm -rf "$own"
    exit "$status"
}
trap finish EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

# A scheduler runs code for whoever reaches it, so it listens to holders of this job's certificate only.
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=growth" \
    -keyout "$own/key.pem" -out "$own/cert.pem" 2>"$log" || { cat "$log" >&2; exit 1; }
export DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION=true
export DASK_DISTRIBUTED__COMM__TLS__CA_FILE="$own/cert.pem"
for role in SCHEDULER WORKER CLIENT; do
    export "DASK_DISTRIBUTED__COMM__TLS__${role}__CERT=$own/cert.pem"
    export "DASK_DISTRIBUTED__COMM__TLS__${role}__KEY=$own/key.pem"
done

file="$own/scheduler.json"
dask scheduler --protocol tls --port 0 --no-dashboard --dashboard-address 127.0.0.1:0 \
    ${DASK_INTERFACE:+--interface "$DASK_INTERFACE"} --scheduler-file "$file" >"$log" 2>&1 &
scheduler=$!
until [ -s "$file" ]; do
    sleep 0.5
    kill -0 "$scheduler" 2>/dev/null || { cat "$log" >&2; exit 1; }
done

# srun takes --cpus-per-task only where it is told, and without it all workers share one core.
srun --nodes="$nodes" --ntasks="$nodes" --cpus-per-task="$cores" --kill-on-bad-exit=0 \
    dask worker --protocol tls ${DASK_INTERFACE:+--interface "$DASK_INTERFACE"} --scheduler-file "$file" \
    --nworkers "$cores" --nthreads 1 --memory-limit 0 --no-dashboard --local-directory "${TMPDIR:-/tmp}" >>"$log" 2>&1 &
step=$!

address=$(python - "$file" "$workers" <<'PYTHON'
import sys

from distributed import Client

with Client(scheduler_file=sys.argv[1]) as client:
    try:
        client.wait_for_workers(int(sys.argv[2]), timeout=120)
    except TimeoutError:  # the others join when they can
        print(f"{len(client.nthreads())} of {sys.argv[2]} workers so far", file=sys.stderr)
    print(client.scheduler.address)
PYTHON
)
# Told how many there are, each worker uses one thread, and the estimate is right.
community-growth "$@" --executor dask --cluster "$address" --workers "$((workers < 1024 ? workers : 1024))" &
command=$!
wait -n "$command" "$step" "$scheduler" || true
if kill -0 "$command" 2>/dev/null; then # it would wait for workers that nobody starts
    tail "$log" >&2
    exit 1
fi
wait "$command"
