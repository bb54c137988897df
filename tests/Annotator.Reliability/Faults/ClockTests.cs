using Annotator.Reliability.Load;

namespace Annotator.Reliability.Faults;

/// <summary>The clock of the program jumps; that of the database, which may be another machine's, does not.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task An_hour_more_or_less_is_nothing()
    {
        var clock = new JumpingClock();
        var program = new RunningProgram { Clock = clock };
        await program.InitializeAsync();
        try
        {
            await using var crowd = await Crowd.StartAsync(() => program.Address);
            // Forward, and back beyond the hour at which the program was started.
            foreach (var hours in (int[])[1, -2])
            {
                var trial = new Trial($"clock {hours:+0;-0} h", () =>
                {
                    clock.Jump(TimeSpan.FromHours(hours));
                    return Task.CompletedTask;
                })
                {
                    Store = () => program.ConnectionString,
                };
                await trial.RunAsync(crowd);
            }

            using var browser = program.Browser();
            using var ready = await browser.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct);
            Assert.True(ready.IsSuccessStatusCode, $"It is not ready after the jump: {ready.StatusCode}");
        }
        finally
        {
            await program.DisposeAsync();
        }
    }
}
