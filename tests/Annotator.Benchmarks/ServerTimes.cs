using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Annotator.Benchmarks;

/// <summary>The time a request spends in the program, from the first middleware to the last byte it writes.</summary>
internal sealed class ServerTimes : IStartupFilter
{
    private long _ticks;

    /// <summary>Of the request that ended last.</summary>
    public TimeSpan Last => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, following) =>
        {
            var start = Stopwatch.GetTimestamp();
            await following(context);
            Interlocked.Exchange(ref _ticks, Stopwatch.GetElapsedTime(start).Ticks);
        });
        next(app);
    };
}
