using System.Globalization;

namespace Annotator.Domain.Text;

/// <summary>Writes into memory up to a limit, in UTF-16 units.</summary>
internal sealed class BoundedWriter(int limit) : StringWriter(CultureInfo.InvariantCulture)
{
    private int _left = limit;

    public override void Write(char value)
    {
        Take(1);
        base.Write(value);
    }

    public override void Write(string? value)
    {
        Take(value?.Length ?? 0);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Take(count);
        base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Take(buffer.Length);
        base.Write(buffer);
    }

    private void Take(int count)
    {
        _left -= count;
        if (_left < 0)
            throw new FullException();
    }

    /// <summary>The limit is reached.</summary>
    internal sealed class FullException : Exception;
}
