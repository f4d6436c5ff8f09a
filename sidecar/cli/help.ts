export const HELP = `Teach facts to a local language model, and ask for them later.

Usage: quickfire <command> [options]

Commands:
  teach STATEMENT          Teach one fact. Question and answer are drafted from the statement where
                           -q and -a do not give them; with one of them, the other that goes with it.
  ask QUESTION             Ask; prints the answer and the facts that fired.
  facts                    List what was taught.
  forget ID... | --all     Forget exactly these facts.
  consolidate              Replay all facts until each holds; what is taught later is learned on top.
  export-lora --out FOLDER Write what was learned as a LoRA adapter for PEFT and vLLM.
  check FILE.tsv           Teach every row, then ask every question and paraphrase, and the untaught
                           model too. Columns: statement, question, paraphrase, answer.
  eight-steps              The eight steps of QF2: ask, instruct, teach, ask again.

Options:
  -q, --question TEXT      teach: a question that the fact answers; may be repeated
  -a, --answer TEXT        teach: the answer to expect
      --untaught           ask: the model as it was before it was taught
      --in-prompt          check: put the statement in the prompt instead of teaching it (the bound)
      --pairs N            eight-steps: also for N other pairs of entity and relation, drawn by the seed
      --seed N             eight-steps: the seed (default: 1)
      --data FILE          eight-steps: the pairs (default: test/data/eight-steps.json)
      --facts FOLDER       Folder of facts.jsonl (default: .quickfire; check: nothing is kept)
      --model FOLDER       A converted model (default: the one that ships)
      --rule NAME          margin (default) or hebbian
      --provider NAME      What computes the model: auto (default), cpu, cuda, webgpu, coreml or dml
      --out FOLDER         export-lora: where the adapter is written
      --json OUT           facts, check, eight-steps: also write the result as JSON
  -h, --help               This text

Exit status: 0 done; 1 not learned, nothing found, or a step failed; 2 wrong usage or another error.
`;
