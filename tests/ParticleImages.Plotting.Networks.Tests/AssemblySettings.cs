using Xunit.Sdk;
using Xunit.v3;

// One test after the other: torch computes on all cores anyway, and counts of live tensors are the whole process'.
[assembly: Parallelization(Mode = ParallelMode.None)]
