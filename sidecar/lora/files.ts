/** The two files of an adapter, as PEFT names them. */
export const adapterFiles = { config: 'adapter_config.json', weights: 'adapter_model.safetensors' } as const;
