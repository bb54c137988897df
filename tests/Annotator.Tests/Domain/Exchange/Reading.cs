using System.Text;
using Annotator.Domain.Annotations;
using Annotator.Domain.Exchange;
using Annotator.Domain.Kernel;
using Xunit;

namespace Annotator.Tests.Domain.Exchange;

/// <summary>Reads made-up files.</summary>
internal static class Reading
{
    public static readonly DateTimeOffset Now = new(2026, 5, 17, 8, 30, 0, TimeSpan.Zero);

    public static readonly ImportOptions Believing = new()
    {
        DefaultAuthority = "library.example",
        AsUser = new Userid("ines", "library.example"),
        KeepAuthors = true,
        FileName = "reading notes.txt",
    };

    public static Task<IReadOnlyList<ImportRecord>> RecordsAsync(string file, ImportOptions? options = null) =>
        RecordsAsync(Encoding.UTF8.GetBytes(file), options);

    public static Task<IReadOnlyList<ImportRecord>> RecordsAsync(byte[] file, ImportOptions? options = null) =>
        RecordsAsync(new MemoryStream(file), options);

    public static async Task<IReadOnlyList<ImportRecord>> RecordsAsync(Stream input, ImportOptions? options = null)
    {
        await using var file = await AnnotationFile.OpenAsync(input, options ?? Believing, Now, TestContext.Current.CancellationToken);
        return await file.RecordsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<AnnotationDraft> OneAsync(string file, ImportOptions? options = null)
    {
        var record = Assert.Single(await RecordsAsync(file, options));
        Assert.Null(record.Refusal);
        return record.Draft!;
    }

    public static async Task<string> RefusalAsync(string file) =>
        Assert.Single(await RecordsAsync(file)).Refusal ?? throw new InvalidOperationException("The record was read.");

    /// <summary>What became of the records: <c>3</c> for one that was read, <c>4!</c> for one that was refused.</summary>
    public static string Outline(this IEnumerable<ImportRecord> records) =>
        string.Join(' ', records.Select(r => $"{r.Number}{(r.Draft is null ? "!" : "")}"));
}

/// <summary>Gives a few bytes at a time, as a slow network does, so that every cut between two reads occurs.</summary>
internal sealed class TricklingStream(byte[] content, int step) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
}
