using Annotator.Tests.EmbeddedPostgres;
using Microsoft.Extensions.Logging;

namespace Annotator.Tests.Support;

/// <summary>What a program logs, kept for the test.</summary>
internal sealed class TakenLogs : ILoggerProvider
{
    private readonly TakenLog _log = new();

    public string Text => _log.Text;

    public ILogger CreateLogger(string categoryName) => _log;

    public void Dispose()
    {
    }
}
