using Annotator.Reliability.Load;
using Annotator.Reliability.Support;

namespace Annotator.Reliability.Faults;

/// <summary>The network between the program and somebody else's PostgreSQL is away for a while.</summary>
public sealed class LostConnectionTests
{
    [Fact]
    public async Task The_program_connects_again()
    {
        var database = await TestDatabase.CreateAsync();
        try
        {
            await using var relay = new Relay(database.ConnectionString);
            await using var program = Instance.Serve(relay.ConnectionString);
            var address = await program.AddressAsync();
            await using var crowd = await Crowd.StartAsync(() => address);
            var trial = new Trial($"lost connection {Pace.Fault.TotalSeconds:0} s", async () =>
            {
                relay.Cut();
                await Pace.HoldAsync();
                relay.Mend();
            })
            {
                Store = () => database.ConnectionString, Printed = () => program.Printed,
            };
            await trial.RunAsync(crowd);
        }
        finally
        {
            await database.DropAsync();
        }
    }
}
