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

    private static readonly NpgsqlException Exhausted = new("The connection pool has been exhausted", new TimeoutException());

    [Fact]
    public async Task An_outage_is_said_when_it_begins_once_a_minute_and_when_it_ends()
    {
        await using var watched = new Watched();
        var (outage, door) = (watched.Outage, watched.Door);
        for (var failure = 0; failure < 500; failure++)
            Assert.True(outage.Note(Refused, ofRequest: failure % 5 == 0));
        Assert.Single(watched.Lines);
        await Until.HoldsAsync(() => outage.IsSilent);

        await watched.AdvanceUntilAsync(() => watched.Lines.Length == 4);
        Assert.Equal(["1", "2", "3"], watched.Lines[1..].Select(line => line.Split("for ")[1].Split(" min")[0]));
        Assert.All(watched.Lines[1..], line => Assert.Contains("100 requests were refused", line, StringComparison.Ordinal));

        door.ConnectionString = shared.Store.ConnectionString;
        await watched.AdvanceUntilAsync(() => !outage.IsOn);
        Assert.False(outage.IsSilent);
        Assert.Contains("answers again", watched.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_in_vain_meets_a_crowd_while_the_database_answers()
    {
        await using var watched = new Watched();
        var outage = watched.Outage;
        watched.Door.ConnectionString = shared.Store.ConnectionString;
        for (var failure = 0; failure < 10; failure++)
            Assert.True(outage.Note(Exhausted, ofRequest: true));
        await Until.HoldsAsync(() => watched.Lines.Length == 1);
        Assert.Contains("The program is busy: The connection pool", watched.Lines[0], StringComparison.Ordinal);

        await watched.AdvanceUntilAsync(() =>
        {
            // Once a second somebody is refused.
            outage.NoteCrowd();
            Assert.False(outage.IsOn || outage.IsSilent);
            return watched.Lines.Length == 3;
        });
        Assert.Contains("busy for 1 min", watched.Lines[1], StringComparison.Ordinal);
        Assert.Contains("busy for 2 min", watched.Lines[2], StringComparison.Ordinal);
        await watched.AdvanceUntilAsync(() => watched.Lines.Length == 4);
        Assert.Matches("no longer busy after 1[0-9]{2}.* requests were refused", watched.Lines[3]);
    }

    [Fact]
    public async Task Who_waits_in_vain_meets_an_outage_when_nobody_is_answered()
    {
        await using var watched = new Watched();
        var outage = watched.Outage;
        Assert.True(outage.Note(Exhausted, ofRequest: true));
        Assert.False(outage.IsOn);
        await watched.AdvanceUntilAsync(() => outage.IsSilent);
        Assert.True(outage.IsOn);
        Assert.Contains("The database cannot be asked: It does not answer.", Assert.Single(watched.Lines), StringComparison.Ordinal);

        watched.Door.ConnectionString = shared.Store.ConnectionString;
        await watched.AdvanceUntilAsync(() => !outage.IsOn);
        Assert.False(outage.IsSilent);
        Assert.Equal(2, watched.Lines.Length);
        Assert.Matches("answers again.* 1 requests were refused", watched.Lines[1]);
    }

    [Fact]
    public async Task A_database_that_answers_others_answers()
    {
        var (answers, door) = (new DatabaseAnswers(), new Door { ConnectionString = Nowhere });
        var probe = new DatabaseProbe(door, answers);
        Assert.False(await probe.AnswersAsync());
        door.Entered = answers.Add;
        Assert.True(await probe.AnswersAsync());
    }

    [Fact]
    public async Task Statements_of_all_kinds_count_as_answers()
    {
        var answers = new DatabaseAnswers();
        var options = new DbContextOptionsBuilder<AnnotatorDb>();
        AnnotatorDb.Configure(options, shared.Store.ConnectionString, answers);
        await using var db = new AnnotatorDb(options.Options);
        await db.People.AnyAsync(Ct);
        Assert.Equal(1, answers.Count);
        await db.Database.ExecuteSqlAsync($"select 1", Ct);
        Assert.Equal(2, answers.Count);
        await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlAsync($"select 1 / 0", Ct));
        Assert.Equal(2, answers.Count);
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_late()
    {
        await using var connection = new NpgsqlConnection(shared.Store.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var sleep = new NpgsqlCommand("select pg_sleep(600)", connection) { CommandTimeout = 1 };
        var late = await Assert.ThrowsAsync<NpgsqlException>(() => sleep.ExecuteNonQueryAsync(Ct));
        Assert.Equal(DatabaseFailure.Late, DatabaseFailures.KindOf(late));
    }

    [Fact]
    public void Only_what_keeps_the_database_from_answering_is_explained()
    {
        Assert.All(
            (Exception[])
            [
                Refused,
                new InvalidOperationException("EF", new DbUpdateException("EF", Refused)),
                Exhausted,
                Answer("57P01"), Answer("57P03"), Answer("53300"), Answer("53100"), Answer("08006"), Answer("58030"),
            ],
            e => Assert.True(DatabaseOutage.Explains(e), e.ToString()));
        Assert.All(
            (Exception?[])
            [
                null, new IOException(), new TimeoutException(), Answer("23505"), Answer("40P01"), Answer("57014"), Answer("42P01"),
            ],
            e => Assert.False(DatabaseOutage.Explains(e), e?.ToString()));

        Assert.All((Exception[])[Exhausted, Answer("53300")], e => Assert.Equal(DatabaseFailure.Late, DatabaseFailures.KindOf(e)));
        Assert.All((Exception[])[Refused, Answer("53100")], e => Assert.Equal(DatabaseFailure.Outage, DatabaseFailures.KindOf(e)));

        static PostgresException Answer(string state) => new("", "FATAL", "FATAL", state);
    }

    /// <summary>An outage that is watched, of a database that is nowhere at first.</summary>
    private sealed class Watched : IAsyncDisposable
    {
        private readonly FakeTime _clock = new() { HoldsTimers = true };
        private readonly TakenLog _log = new();
        private readonly CancellationTokenSource _end = new();
        private readonly Task _watching;

        public Watched()
        {
            Outage = new DatabaseOutage(new DatabaseProbe(Door, new DatabaseAnswers()), _clock, new Logger<DatabaseOutage>(_log));
            _watching = Outage.WatchAsync(_end.Token);
        }

        public Door Door { get; } = new() { ConnectionString = Nowhere };

        public DatabaseOutage Outage { get; }

        public string[] Lines => _log.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        public Task AdvanceUntilAsync(Func<bool> condition) => Until.HoldsAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            return condition();
        });

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _watching);
            Outage.Dispose();
            _end.Dispose();
        }
    }

    /// <summary>Leads to one database or another.</summary>
    private sealed class Door : IDbContextFactory<AnnotatorDb>
    {
        public string ConnectionString { get; set; } = "";

        public Action Entered { get; set; } = () => { };

        public AnnotatorDb CreateDbContext()
        {
            Entered();
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
