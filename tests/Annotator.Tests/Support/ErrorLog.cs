using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Annotator.Tests.Support;

/// <summary>Keeps what the program logs as an error: a page may look right and still have failed behind.</summary>
internal sealed class ErrorLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _errors = [];

    /// <summary>What was logged since the last time it was asked.</summary>
    public IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (_errors.TryDequeue(out var error))
            taken.Add(error);
        return taken;
    }

    public ILogger CreateLogger(string categoryName) => new Logger(_errors, categoryName);

    public void Dispose() { }

    private sealed class Logger(ConcurrentQueue<string> errors, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                errors.Enqueue($"{category}: {formatter(state, exception)} {exception}");
        }
    }
}
