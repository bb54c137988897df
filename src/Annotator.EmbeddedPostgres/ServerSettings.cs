using System.Globalization;

namespace Annotator.EmbeddedPostgres;

/// <summary>The settings file of the program, which <c>postgresql.conf</c> includes. No quoting of a shell is involved.</summary>
internal static class ServerSettings
{
    public static string Text(ServerAddress address, EmbeddedPostgresOptions options)
    {
        var durable = options.Durable;
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["listen_addresses"] = address.IsSocket ? "" : address.Host,
            ["port"] = address.Port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = address.IsSocket ? address.Host : "",
            ["cluster_name"] = "annotator",
            ["max_connections"] = options.MaxConnections.ToString(CultureInfo.InvariantCulture),
            ["shared_buffers"] = durable ? $"{SharedMegabytes()}MB" : "64MB",
            // After each checkpoint, the first change of a page writes the whole page to the log (full_page_writes); an import
            // changes most pages of the index, so checkpoints are kept rare.
            ["max_wal_size"] = durable ? "4GB" : "1GB",
            ["checkpoint_timeout"] = "15min",
            ["jit"] = "off",
            ["random_page_cost"] = "1.1",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            // One file for each day of the week, so that the log has an end.
            ["logging_collector"] = durable ? "on" : "off",
            ["log_directory"] = "../log",
            ["log_filename"] = "postgresql-%a.log",
            ["log_truncate_on_rotation"] = "on",
            ["log_rotation_age"] = "1d",
            ["log_rotation_size"] = "0",
        };
        foreach (var protection in durable ? [] : (string[])["fsync", "synchronous_commit", "full_page_writes"])
            settings[protection] = "off";

        return "# Written anew at every start of the program. Settings of your own: ALTER SYSTEM.\n"
            + string.Concat(
                settings.Select(setting => $"{setting.Key} = '{setting.Value.Replace("'", "''", StringComparison.Ordinal)}'\n"));
    }

    // shared_buffers in MB: an eighth of the memory, since the program and the cache of the system need the rest.
    private static long SharedMegabytes() => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8 / 1024 / 1024, 128, 1024);
}
