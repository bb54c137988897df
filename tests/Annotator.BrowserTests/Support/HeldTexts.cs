using System.IO.Pipelines;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources.Texts;

namespace Annotator.BrowserTests.Support;

/// <summary>Documents of which nothing comes until this is disposed of: as many as the program reads at the same time.</summary>
internal sealed class HeldTexts : IAsyncDisposable
{
    private readonly List<Pipe> _documents = [];
    private readonly List<Task> _readings = [];

    public HeldTexts(TextWorkers workers)
    {
        for (var i = 0; i < new TextWorkerOptions().AtOnce; i++)
        {
            var document = new Pipe();
            _documents.Add(document);
            _readings.Add(workers.ReadAsync(document.Reader.AsStream(), new DocumentInfo { Name = "held.txt" }, null, Ct));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var document in _documents)
            await document.Writer.CompleteAsync();
        foreach (var reading in _readings)
            await Assert.ThrowsAsync<Invalid>(() => reading);
    }
}
