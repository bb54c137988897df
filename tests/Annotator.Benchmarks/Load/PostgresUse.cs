using System.Globalization;

namespace Annotator.Benchmarks.Load;

/// <summary>The PostgreSQL server of a store on this machine, from <c>/proc</c>.</summary>
internal sealed class PostgresUse
{
    private const double TicksPerSecond = 100;

    private readonly int _postmaster;

    /// <param name="folder">Of the store.</param>
    public PostgresUse(string folder)
    {
        var deep = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 };
        var file = Directory.EnumerateFiles(folder, "postmaster.pid", deep).First();
        _postmaster = int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture);
    }

    /// <summary>Folder of its programs.</summary>
    public string Programs => Path.GetDirectoryName(File.ResolveLinkTarget($"/proc/{_postmaster}/exe", returnFinalTarget: true)!.FullName)!;

    /// <summary>Processor time of the server and of all its processes, those that have ended included, in seconds.</summary>
    public double Cpu => Directory.EnumerateDirectories("/proc").Select(d => Path.GetFileName(d)!)
        .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
        .Sum(Used);

    private double Used(string pid)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ');
            if (Number(pid) == _postmaster)
                return (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) / TicksPerSecond;
            return Number(fields[1]) == _postmaster ? (Number(fields[11]) + Number(fields[12])) / TicksPerSecond : 0;
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return 0;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
