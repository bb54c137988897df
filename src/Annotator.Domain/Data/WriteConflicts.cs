using Npgsql;

namespace Annotator.Domain.Data;

/// <summary>Two writes at the same moment that cannot both be stored as they are.</summary>
internal static class WriteConflicts
{
    /// <summary>
    /// Runs a write again after a conflict with another one, up to four times: two writers make the same source or person at the same
    /// moment (the second then finds what the first has stored), or what a draft is about is purged or merged meanwhile.
    /// </summary>
    public static async Task<T> AgainstOthersAsync<T>(this TimeProvider clock, Func<Task<T>> write, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await write();
            }
            catch (Exception e)
                when (attempt < 4 && e.GetBaseException() is PostgresException
                {
                    SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation
                        or PostgresErrorCodes.DeadlockDetected,
                })
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20 * attempt), clock, ct);
            }
        }
    }
}
