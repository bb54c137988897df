using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Annotator.Domain.Data;

/// <summary>Rows as COPY takes them in its binary format (PostgreSQL manual, "COPY", Binary Format), in rented memory.</summary>
internal sealed class CopyRows : IDisposable
{
    private const int Uuid = 2950; // pg_type.oid
    private const int Text = 25;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(1 << 14);
    private int _length;

    public static ReadOnlyMemory<byte> Header { get; } = (byte[])[.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
    public static ReadOnlyMemory<byte> Trailer { get; } = (byte[])[0xFF, 0xFF];

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>Begins a row: <see cref="Write"/> follows once for each column.</summary>
    public void BeginRow(int columns) => Write16(columns);

    /// <summary>Writes the value of one column.</summary>
    /// <exception cref="EncoderFallbackException">A text holds half a surrogate pair.</exception>
    /// <exception cref="NotSupportedException">No column had a value of this kind yet.</exception>
    public void Write(object? value)
    {
        if (value is null)
        {
            Write32(-1);
            return;
        }

        var start = _length;
        Write32(0);
        WriteValue(value);
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(start), _length - start - sizeof(int));
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _length) = ([], 0);
    }

    private void WriteValue(object value)
    {
        switch (value)
        {
            case string text:
                WriteText(text);
                break;
            case Guid id:
                id.TryWriteBytes(Take(16), bigEndian: true, out _);
                break;
            case DateTimeOffset time:
                BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), (time.UtcDateTime - Epoch).Ticks / TimeSpan.TicksPerMicrosecond);
                break;
            case bool isTrue:
                Take(1)[0] = isTrue ? (byte)1 : (byte)0;
                break;
            case short number:
                Write16(number);
                break;
            case int number:
                Write32(number);
                break;
            case Enum kind:
                Write32(Convert.ToInt32(kind, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case IReadOnlySet<string> lexemes:
                WriteLexemes(lexemes);
                break;
            case Guid[] ids:
                WriteArray(ids, Uuid);
                break;
            case string[] texts:
                WriteArray(texts, Text);
                break;
            default:
                throw new NotSupportedException($"COPY of {value.GetType()}");
        }
    }

    // array_recv: number of dimensions, 1 if there are nulls, OID of the element; for the one dimension its length and lower bound.
    private void WriteArray<T>(T[] values, int type)
        where T : notnull
    {
        Write32(values.Length == 0 ? 0 : 1);
        Write32(0);
        Write32(type);
        if (values.Length == 0)
            return;
        Write32(values.Length);
        Write32(1);
        foreach (var value in values)
            Write(value);
    }

    // tsvectorrecv: each lexeme ends with a zero and has no positions. PostgreSQL sorts them.
    private void WriteLexemes(IReadOnlySet<string> lexemes)
    {
        Write32(lexemes.Count);
        foreach (var lexeme in lexemes)
        {
            WriteText(lexeme);
            Take(3).Clear();
        }
    }

    private void WriteText(string text) => Utf8.GetBytes(text, Take(Utf8.GetByteCount(text)));

    private void Write16(int value) => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), (short)value);

    private void Write32(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), value);

    private Span<byte> Take(int count)
    {
        if (_bytes.Length - _length < count)
            Grow(count);
        var taken = _bytes.AsSpan(_length, count);
        _length += count;
        return taken;
    }

    private void Grow(int count)
    {
        var grown = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _bytes.Length, _length + count));
        _bytes.AsSpan(0, _length).CopyTo(grown);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = grown;
    }
}
