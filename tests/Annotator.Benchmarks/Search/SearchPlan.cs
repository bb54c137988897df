namespace Annotator.Benchmarks.Search;

/// <summary>What to measure.</summary>
/// <param name="Database">Connection string of a store that has the records; null for a new one.</param>
/// <param name="Keep">Whether the new store stays.</param>
/// <param name="Only">The class of queries to ask; null for all.</param>
/// <param name="Growth">Whether to measure at a fifth of the records first.</param>
internal sealed record SearchPlan(FileInfo Corpus, int Records, FileInfo Queries, string? Database, bool Keep, string? Only, bool Growth);
