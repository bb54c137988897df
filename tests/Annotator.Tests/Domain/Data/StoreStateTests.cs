using Annotator.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Tests.Domain.Data;

public sealed class StoreStateTests(SharedStore shared) : IClassFixture<SharedStore>
{
    [Fact]
    public async Task Who_waits_for_a_question_that_fails_fails_with_it_and_the_next_is_asked_anew()
    {
        var door = new Door();
        var state = new StoreState(door);
        var first = state.ReadAsync(Ct);
        await Until.HoldsAsync(() => door.Asked == 1);
        var second = state.ReadAsync(Ct);
        door.Fail.SetResult();
        await Assert.ThrowsAsync<NpgsqlException>(() => first);
        await Assert.ThrowsAsync<NpgsqlException>(() => second);
        Assert.Equal(1, door.Asked);

        door.Store = shared.Store;
        Assert.NotEqual("", await state.ReadAsync(Ct));
        Assert.NotEqual("", await state.ReadAsync(Ct));
    }

    private sealed class Door : IDbContextFactory<AnnotatorDb>
    {
        public TaskCompletionSource Fail { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TestStore? Store { get; set; }

        public int Asked { get; private set; }

        public AnnotatorDb CreateDbContext() => throw new NotSupportedException("The state is read asynchronously.");

        public async Task<AnnotatorDb> CreateDbContextAsync(CancellationToken cancellationToken = default)
        {
            Asked++;
            if (Store is not null)
                return await Store.Databases.CreateDbContextAsync(cancellationToken);
            await Fail.Task;
            throw new NpgsqlException("It does not answer.");
        }
    }
}
