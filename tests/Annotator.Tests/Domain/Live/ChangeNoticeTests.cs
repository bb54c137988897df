using Annotator.Domain.Annotations;
using Annotator.Domain.Live;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Tests.Domain.Live;

/// <summary>What the database says to whoever listens when annotations are written.</summary>
public sealed class ChangeNoticeTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private TestStore Store => shared.Store;

    [Fact]
    public async Task Writing_editing_deleting_and_restoring_are_each_said_once_with_the_id_of_the_source()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        await using var ear = await Ear.OpenAsync(Store);
        var said = await Store.WriteAsync(ada, Drafts.CommentOn("A quote", "One.", Drafts.Unique("Said")));
        var source = said.SourceId.ToString();
        Assert.Equal([source], await ear.HeardAsync());
        await Store.WriteAsync(ada, Drafts.ReplyTo(said, "An answer."));
        Assert.Equal([source], await ear.HeardAsync());
        await Store.Writer.EditAsync(ada, said.Id, new AnnotationEdit(1, "Two.", "en", [], true), Ct);
        Assert.Equal([source], await ear.HeardAsync());
        await Store.Writer.DeleteAsync(ada, said.Id, Ct);
        Assert.Equal([source], await ear.HeardAsync());
        await Store.Writer.RestoreAsync(ada, said.Id, Ct);
        Assert.Equal([source], await ear.HeardAsync());
    }

    [Fact]
    public async Task Private_writing_is_said_to_its_writer_until_others_may_see_it()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        await using var ear = await Ear.OpenAsync(Store);
        var said = await Store.WriteAsync(ada, Drafts.PageNote("For me.", Drafts.Unique("Mine")) with { Shared = false });
        var (everybody, me) = ($"{said.SourceId}", $"{said.SourceId} {ada.PersonId}");
        Assert.Equal([me], await ear.HeardAsync());
        await Store.Writer.EditAsync(ada, said.Id, new AnnotationEdit(1, "For me alone.", "en", [], false), Ct);
        Assert.Equal([me], await ear.HeardAsync());
        await Store.Writer.EditAsync(ada, said.Id, new AnnotationEdit(2, "For all.", "en", [], true), Ct);
        Assert.Equal([everybody], await ear.HeardAsync());
        await Store.Writer.EditAsync(ada, said.Id, new AnnotationEdit(3, "For me again.", "en", [], false), Ct);
        Assert.Equal([everybody], await ear.HeardAsync());
    }

    [Fact]
    public async Task A_small_import_is_said_and_a_large_one_is_not()
    {
        await using var ear = await Ear.OpenAsync(Store);
        await Store.Writer.ImportAsync(Batch(3), Ct);
        Assert.Single(await ear.HeardAsync());
        await Store.Writer.ImportAsync(Batch(60), Ct);
        Assert.Empty(await ear.HeardAsync());
    }

    [Fact]
    public async Task Nothing_is_said_of_what_is_rolled_back()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var said = await Store.WriteAsync(ada, Drafts.PageNote("Stays.", Drafts.Unique("Rolled back")));
        await using var ear = await Ear.OpenAsync(Store);
        await using (var db = await Store.Databases.CreateDbContextAsync(Ct))
        await using (var transaction = await db.Database.BeginTransactionAsync(Ct))
        {
            (await db.Annotations.SingleAsync(a => a.Id == said.Id, Ct)).Delete(Store.Clock.GetUtcNow());
            await db.SaveChangesAsync(Ct);
            Assert.Empty(await ear.HeardAsync());
            await transaction.RollbackAsync(Ct);
        }

        Assert.Empty(await ear.HeardAsync());
    }

    [Fact]
    public async Task It_is_said_with_the_commit_of_whoever_began_the_transaction()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var said = await Store.WriteAsync(ada, Drafts.PageNote("Goes.", Drafts.Unique("Committed")));
        await using var ear = await Ear.OpenAsync(Store);
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        (await db.Annotations.SingleAsync(a => a.Id == said.Id, Ct)).Delete(Store.Clock.GetUtcNow());
        await db.SaveChangesAsync(Ct);
        Assert.Empty(await ear.HeardAsync());
        await transaction.CommitAsync(Ct);
        Assert.Equal([said.SourceId.ToString()], await ear.HeardAsync());
    }

    [Fact]
    public async Task Nothing_is_said_of_what_could_not_be_saved()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var said = await Store.WriteAsync(ada, Drafts.PageNote("First.", Drafts.Unique("Too late")));
        await using var late = await Store.Databases.CreateDbContextAsync(Ct);
        var read = await late.Annotations.SingleAsync(a => a.Id == said.Id, Ct);
        await Store.Writer.EditAsync(ada, said.Id, new AnnotationEdit(1, "Second.", "en", [], true), Ct);
        await using var ear = await Ear.OpenAsync(Store);
        read.Delete(Store.Clock.GetUtcNow());
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => late.SaveChangesAsync(Ct));
        Assert.Empty(await ear.HeardAsync());
    }

    private static List<AnnotationDraft> Batch(int count)
    {
        var source = Drafts.Unique("Imported");
        return [.. Enumerable.Range(0, count).Select(i => Drafts.PageNote($"Note {i}.", source).Imported("Mei", new DateTimeOffset(2026, 3, 1, 0, 0, i % 60, TimeSpan.Zero)))];
    }

    /// <summary>A connection that hears what is said.</summary>
    private sealed class Ear : IAsyncDisposable
    {
        private readonly NpgsqlConnection _connection;
        private readonly List<string> _heard = [];

        private Ear(NpgsqlConnection connection)
        {
            _connection = connection;
            _connection.Notification += (_, said) => _heard.Add(said.Payload);
        }

        public static async Task<Ear> OpenAsync(TestStore store)
        {
            var ear = new Ear(new NpgsqlConnection(new NpgsqlConnectionStringBuilder(store.ConnectionString) { Pooling = false }.ConnectionString));
            await ear._connection.OpenAsync(Ct);
            await using var listen = new NpgsqlCommand($"listen {ChangeNotice.Channel}", ear._connection);
            await listen.ExecuteNonQueryAsync(Ct);
            return ear;
        }

        /// <summary>What was committed before arrives no later than the answer to a question.</summary>
        public async Task<IReadOnlyList<string>> HeardAsync()
        {
            await using (var ask = new NpgsqlCommand("select 1", _connection))
                await ask.ExecuteScalarAsync(Ct);
            List<string> heard = [.. _heard];
            _heard.Clear();
            return heard;
        }

        public ValueTask DisposeAsync() => _connection.DisposeAsync();
    }
}
