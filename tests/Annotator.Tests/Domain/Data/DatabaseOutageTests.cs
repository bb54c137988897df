using System.Net.Sockets;
using Annotator.Domain.Data;
using Annotator.Tests.EmbeddedPostgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Annotator.Tests.Domain.Data;

public sealed class DatabaseOutageTests(SharedStore shared) : IClassFixture<SharedStore>
{
    // Nothing listens at this port.
    private const string Nowhere = "Host=127.0.0.1;Port=1;Username=nobody;Database=none";

    private static readonly NpgsqlException Refused = new("Failed to connect", new SocketException(10061));

    [Fact]
    public async Task An_outage_is_said_when_it_begins_once_a_minute_and_when_it_ends()
    {
        var (clock, log, door) = (new FakeTime { HoldsTimers = true }, new TakenLog(), new Door { ConnectionString = Nowhere });
        using var outage = new DatabaseOutage(new DatabaseProbe(door), clock, new Logger<DatabaseOutage>(log));
        using var end = new CancellationTokenSource();
        var watching = outage.WatchAsync(end.Token);
        for (var failure = 0; failure < 500; failure++)
            Assert.True(outage.Note(Refused, ofRequest: failure % 5 == 0));
        Assert.Single(Lines());
        await Until.HoldsAsync(() => outage.IsSilent);

        await AdvanceUntilAsync(() => Lines().Length == 4);
        Assert.Equal(["1", "2", "3"], Lines()[1..].Select(line => line.Split("for ")[1].Split(" min")[0]));
        Assert.All(Lines()[1..], line => Assert.Contains("100 requests were refused", line, StringComparison.Ordinal));

        door.ConnectionString = shared.Store.ConnectionString;
        await AdvanceUntilAsync(() => !outage.IsOn);
        Assert.False(outage.IsSilent);
        Assert.Contains("answers again", Lines()[^1], StringComparison.Ordinal);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);

        Task AdvanceUntilAsync(Func<bool> condition) => Until.HoldsAsync(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            return condition();
        });

        string[] Lines() => log.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void Only_what_keeps_the_database_from_being_asked_is_an_outage()
    {
        Assert.All(
            (Exception[])
            [
                Refused,
                new InvalidOperationException("EF", new DbUpdateException("EF", Refused)),
                new NpgsqlException("The connection pool has been exhausted", new TimeoutException()),
                Answer("57P01"), Answer("57P03"), Answer("53300"), Answer("53100"), Answer("08006"), Answer("58030"),
            ],
            e => Assert.True(DatabaseOutage.Explains(e), e.ToString()));
        Assert.All(
            (Exception?[])
            [
                null, new IOException(), new TimeoutException(), Answer("23505"), Answer("40P01"), Answer("57014"), Answer("42P01"),
            ],
            e => Assert.False(DatabaseOutage.Explains(e), e?.ToString()));

        static PostgresException Answer(string state) => new("", "FATAL", "FATAL", state);
    }

    /// <summary>Leads to one database or another.</summary>
    private sealed class Door : IDbContextFactory<AnnotatorDb>
    {
        public string ConnectionString { get; set; } = "";

        public AnnotatorDb CreateDbContext()
        {
            var options = new DbContextOptionsBuilder<AnnotatorDb>();
            AnnotatorDb.Configure(options, ConnectionString);
            return new AnnotatorDb(options.Options);
        }
    }

    private sealed class Logger<T>(TakenLog log) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Log(logLevel, eventId, state, exception, formatter);
    }
}
