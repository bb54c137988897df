using Annotator.Domain.Reading;

namespace Annotator.Tests.Sql;

/// <summary>As <see cref="ReadRowsTests"/>, for a source that is read window by window.</summary>
public sealed class LongSourceRowsTests(ManyRows rows) : IClassFixture<ManyRows>
{
    [Fact]
    public async Task A_window_of_a_long_source_reads_the_annotations_that_it_shows()
    {
        const int Size = SourceReader.WindowSize;
        var about = Drafts.Unique("Long");
        var drafts = Enumerable.Range(0, 5 * Size)
            .Select(i => Drafts.PageNote($"Remark {i}", about).Imported("Writer", DateTimeOffset.UnixEpoch));
        var source = await rows.WriteAsync([.. drafts]);
        await new SourceCounts(rows.Databases).RenewAsync(Ct);
        using var reader = new SourceReader(rows.Databases);
        var first = await reader.ReadAsync(rows.Viewers["visitor"], source, Ct);
        await rows.ExecuteAsync("analyze annotation");
        rows.Forget();
        var second = await reader.ReadAsync(rows.Viewers["visitor"], source, new() { Around = first.Window!.Until }, Ct);
        Assert.Equal(Size, second.Annotations.Count());
        Assert.InRange(await rows.ReadAsync("annotation", byIndex: true), Size, 2 * Size);
    }
}
