using System.Diagnostics;
using Annotator.Domain.Search;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Directory = System.IO.Directory;

namespace Annotator.Benchmarks.Search.Rivals;

/// <summary>
/// Lucene.Net in this process, with the program's lexemes and its boolean queries of them: the same work without a database. It does
/// not look at texts again, as the program does where lexemes do not say all.
/// </summary>
internal sealed class LuceneIndex : IRival
{
    private const string Lexemes = "lexemes";
    private const string Created = "created";
    private static readonly Sort Newest = new(new SortField(Created, SortFieldType.INT64, reverse: true));

    private readonly FSDirectory _directory;
    private readonly DirectoryReader _reader;
    private readonly IndexSearcher _searcher;

    private LuceneIndex(FSDirectory directory)
    {
        _directory = directory;
        _reader = DirectoryReader.Open(directory);
        _searcher = new IndexSearcher(_reader);
    }

    public string Name => "Lucene.Net";

    public double Allowed => 2;

    /// <summary>Indexes the records and merges everything into one segment.</summary>
    public static async Task<LuceneIndex> LoadAsync(CorpusFile corpus, CancellationToken ct)
    {
        var directory = FSDirectory.Open(Directory.CreateTempSubdirectory("annotator-lucene-"));
        using (var writer = new IndexWriter(
            directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer: null) { RAMBufferSizeMB = 128 }))
        {
            await corpus.ForEachChunkAsync(chunk => Write(writer, chunk), ct);
            writer.ForceMerge(1);
            writer.Commit();
        }

        return new LuceneIndex(directory);
    }

    public Task<Run?> AskAsync(SearchCase query, CancellationToken ct)
    {
        if (query.Query.Condition is not { } condition || QueryOf(condition) is not { } asked)
            return Task.FromResult<Run?>(null);
        var start = Stopwatch.GetTimestamp();
        var found = _searcher.Search(asked, filter: null, 20, Newest);
        return Task.FromResult<Run?>(new Run(Stopwatch.GetElapsedTime(start).TotalMilliseconds, found.TotalHits));
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        var folder = _directory.Directory;
        _directory.Dispose();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static void Write(IndexWriter writer, IEnumerable<(int Number, CorpusRecord Record)> chunk)
    {
        var stream = new LexemeStream();
        var time = new NumericDocValuesField(Created, 0);
        // Which records hold a lexeme, nothing more: as in a tsvector without positions.
        var words = new Field(
            Lexemes,
            stream,
            new FieldType { IsIndexed = true, IsTokenized = true, OmitNorms = true, IndexOptions = IndexOptions.DOCS_ONLY });
        var document = new Document { time, words };
        foreach (var (_, record) in chunk)
        {
            stream.Say(ProgramSearch.LexemesOf(record).Concat(Labels.Of(record)));
            time.SetInt64Value(record.Created.UtcTicks);
            writer.AddDocument(document);
        }
    }

    private static Query? QueryOf(Condition condition) => condition switch
    {
        Domain.Search.Term term => ProgramSearch.LexicalOf(term) is { Length: > 0 } lexical ? LexemeQuery.Parse(Lexemes, lexical) : null,
        SearchFilter filter => Labels.Of(filter) is { } label ? new TermQuery(new Lucene.Net.Index.Term(Lexemes, label)) : null,
        Not not => QueryOf(not.Part) is { } part ? LexemeQuery.Not(part) : null,
        AllOf all => PartsOf(all.Parts) is { } parts ? LexemeQuery.All(parts) : null,
        AnyOf any => PartsOf(any.Parts) is { } parts ? LexemeQuery.Any(parts) : null,
        _ => null,
    };

    private static List<Query>? PartsOf(IReadOnlyList<Condition> conditions)
    {
        var parts = conditions.Select(QueryOf).OfType<Query>().ToList();
        return parts.Count == conditions.Count ? parts : null;
    }
}
