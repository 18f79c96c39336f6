// Made by scripts/generate.ts from schema.yaml, as the parameters are with their defaults; do not edit.

/**
 * Trains or evaluates a neural network with PyTorch, on the CPU or on GPUs. Weights and data are random; nothing is downloaded.
 */
export interface PyTorchParameters {
  /**
   * alexnet and resnet50 classify images of 3 x 224 x 224; llama is a small language model on sequences of 256 tokens.
   */
  model: 'alexnet' | 'resnet50' | 'llama';
  /**
   * An iteration of eval is the way forward; one of train is forward, backward and the step of the optimizer.
   */
  mode: 'train' | 'eval';
  /**
   * Where the model runs. CUDA uses all GPUs that the pod's limit of nvidia.com/gpu gives it.
   */
  device: 'CPU' | 'CUDA';
  /**
   * FP32 is float32 throughout; TF32 lets the GPU's matrix units round factors to 10 bits; BF16 computes in bfloat16 where that is safe.
   */
  precision: 'FP32' | 'TF32' | 'BF16';
  /**
   * Images or sequences of an iteration, over all GPUs, which share them evenly.
   */
  batchSize: number;
  /**
   * How many are measured.
   */
  iterations: number;
  /**
   * How many are run before and not counted.
   */
  warmupIterations: number;
  /**
   * Threads of the CPU; by default as many as the pod's CPU limit lets run at once.
   */
  threads?: number;
}
