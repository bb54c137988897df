using System.Diagnostics;
using Annotator.Domain.Data;
using Annotator.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Annotator.Benchmarks.Search;

/// <summary>What the program sends to the database, and how long each command takes: from sending it to the last row read.</summary>
internal sealed class DatabaseLog : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly Lock _turn = new();
    private readonly List<SentQuery> _queries = [];
    private TimeSpan _time;

    public DatabaseLog()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Note,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The domain on a database, showing its commands.</summary>
    public IServiceCollection Watched(string connectionString)
    {
        // A data source keeps the password to itself, but migrating opens a connection of its own.
        var telling = new NpgsqlConnectionStringBuilder(connectionString) { PersistSecurityInfo = true };
        return new ServiceCollection().AddAnnotatorDomain(telling.ConnectionString).ConfigureDbContext<AnnotatorDb>(options =>
            options.UseNpgsql(npgsql => npgsql.ConfigureDataSource(source => source.ConfigureTracing(tracing =>
                tracing.ConfigureCommandEnrichmentCallback((_, command) => Note(command))))));
    }

    /// <summary>What one request sent, and its time in the database in milliseconds.</summary>
    public async Task<(IReadOnlyList<SentQuery> Queries, double Milliseconds)> OfAsync(Func<Task> request)
    {
        lock (_turn)
        {
            _queries.Clear();
            _time = TimeSpan.Zero;
        }

        await request();
        lock (_turn)
            return ([.. _queries], _time.TotalMilliseconds);
    }

    public void Dispose() => _listener.Dispose();

    private void Note(NpgsqlCommand command)
    {
        lock (_turn)
            _queries.Add(new SentQuery(command.CommandText, [.. command.Parameters.Select(p => p.Clone())]));
    }

    private void Note(Activity activity)
    {
        lock (_turn)
            _time += activity.Duration;
    }
}
