export const HELP = `Teach facts to a local language model and ask about them later.

Usage: quickfire <command> [options]

Commands:
  teach STATEMENT          Teach one fact. Question and answer are drafted from the statement unless
                           set with -q and -a; if only one is set, the other is drafted to match it.
  ask QUESTION             Print the answer and the facts that fired, or similar questions that were
                           taught if the model does not know the answer.
  facts                    List the facts that were taught.
  forget ID... | --all     Forget exactly these facts; asks first if it is all of them.
  consolidate              Replay all facts until each holds. Facts taught later are added on top.
  export-lora --out FOLDER Export the learned facts as a LoRA adapter for PEFT and vLLM.
  check FILE.tsv           Teach every row, then ask every question and paraphrase, and ask the
                           untaught model for comparison. Columns: statement, question,
                           paraphrase, answer.
  eight-steps              Run the eight steps of QF2: ask, instruct, teach, ask again.

Options:
  -q, --question TEXT      teach: a question the fact answers; can be repeated
  -a, --answer TEXT        teach: the expected answer
      --yes                forget --all: do not ask first
      --untaught           ask: use the model as it was before any teaching
      --in-prompt          check: put the statement in the prompt instead of teaching it, to compare
      --pairs N            eight-steps: also run N other pairs of entity and relation, drawn by seed
      --seed N             eight-steps: random seed (default: 1)
      --data FILE          eight-steps: file with the pairs (default: test/data/eight-steps.json)
      --facts FOLDER       Folder of facts.jsonl (default: .quickfire; check: facts are not kept)
      --model FOLDER       Folder of a converted model (default: the bundled model)
      --rule NAME          margin (default) or hebbian
      --provider NAME      Hardware that runs the model: auto (default), cpu, cuda, webgpu, coreml or dml
      --out FOLDER         export-lora: folder for the adapter
      --json OUT           facts, check, eight-steps: also write the result to OUT as JSON
  -h, --help               Show this help

Exit status: 0 success; 1 a fact is not learned, not recalled after consolidation or not found, a line of the
facts file is ignored, or a step failed; 2 wrong usage or another error.
`;
