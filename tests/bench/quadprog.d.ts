/** The part of quadprog that is used: min ½ δᵀDδ − dᵀδ with Aᵀδ ≥ b. All arrays begin at index 1. */
declare module 'quadprog' {
  export function solveQP(
    D: number[][],
    d: number[],
    A: number[][],
    b: number[],
  ): { solution: number[]; message: string };
}
