using System.IO.Compression;
using System.Runtime.InteropServices;
using Annotator.Domain.Kernel;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Annotator.Domain.Sources.Ingest;

/// <summary>Unpacks the streams of a PDF, until they are more than an honest one holds. Counts before it lets the library keep anything.</summary>
internal sealed class MeasuredFilters(CancellationToken ct) : IFilterProvider
{
    private const long MostUnpacked = 200L * Limits.Megabyte;

    // These pack at most 128 and about 1,400 times; their streams are small in honest files.
    private const int MostRunLength = Limits.Megabyte;
    private const int MostLzw = 128 * 1024;

    private static readonly IFilterProvider All = DefaultFilterProvider.Instance;
    private long _unpacked;

    /// <summary>Why unpacking was ended; the library may hide exceptions.</summary>
    public bool IsExceeded { get; private set; }

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Measured(All.GetFilters(dictionary));

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => Measured(All.GetNamedFilters(names));

    public IReadOnlyList<IFilter> GetAllFilters() => Measured(All.GetAllFilters());

    private IReadOnlyList<IFilter> Measured(IReadOnlyList<IFilter> filters) => [.. filters.Select(f => new Filter(f, this))];

    private void Check(IFilter filter, ReadOnlyMemory<byte> input)
    {
        ct.ThrowIfCancellationRequested();
        _unpacked += filter is FlateFilter ? UnpackedLength(input) : input.Length;
        IsExceeded |= _unpacked > MostUnpacked || (filter is RunLengthFilter && input.Length > MostRunLength) || (filter is LzwFilter && input.Length > MostLzw);
        if (IsExceeded)
            throw new Invalid("file", "unreadable");
    }

    private long UnpackedLength(ReadOnlyMemory<byte> input)
    {
        if (input.Length < 2 || !MemoryMarshal.TryGetArray(input, out var bytes))
            return input.Length;
        var (length, buffer) = (0L, new byte[16 * 1024]);
        using var deflate = new DeflateStream(new MemoryStream(bytes.Array!, bytes.Offset + 2, bytes.Count - 2), CompressionMode.Decompress);
        try
        {
            while (length <= MostUnpacked && deflate.Read(buffer) is > 0 and var read)
            {
                ct.ThrowIfCancellationRequested();
                length += read;
            }
        }
        catch (InvalidDataException)
        {
            // The library finds the same, and goes on with what it has.
        }

        return length;
    }

    private sealed class Filter(IFilter inner, MeasuredFilters measure) : IFilter
    {
        public bool IsSupported => inner.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            measure.Check(inner, input);
            return inner.Decode(input, streamDictionary, filterProvider, filterIndex);
        }
    }
}
