using System.Buffers.Binary;
using System.Net;
using Annotator.Domain.Sources;
using CsCheck;

namespace Annotator.Tests.Domain.Sources;

public sealed class PublicAddressTests
{
    // First and last address of each range that is not public.
    private static readonly (string First, string Last)[] Ranges =
    [
        ("0.0.0.0", "0.255.255.255"), ("10.0.0.0", "10.255.255.255"), ("100.64.0.0", "100.127.255.255"), ("127.0.0.0", "127.255.255.255"),
        ("168.63.129.16", "168.63.129.16"), ("169.254.0.0", "169.254.255.255"), ("172.16.0.0", "172.31.255.255"),
        ("192.0.0.0", "192.0.0.255"),
        ("192.0.2.0", "192.0.2.255"), ("192.88.99.0", "192.88.99.255"), ("192.168.0.0", "192.168.255.255"),
        ("198.18.0.0", "198.19.255.255"),
        ("198.51.100.0", "198.51.100.255"), ("203.0.113.0", "203.0.113.255"), ("224.0.0.0", "255.255.255.255"),
    ];

    private static readonly Gen<uint> V4 = Gen.OneOf(
        Gen.UInt,
        Gen.Select(
            Gen.Int[0, Ranges.Length - 1],
            Gen.Bool,
            Gen.Int[-2, 2],
            (i, last, by) => unchecked(Number(last ? Ranges[i].Last : Ranges[i].First) + (uint)by)));

    [Fact]
    public void The_table_says_of_IPv4_what_the_ranges_say() =>
        V4.Sample(ip => Is4(ip) == PublicAddress.Includes(Address(ip)), iter: 20_000);

    [Fact]
    public void IPv4_in_IPv6_is_what_it_is_by_itself() => V4.Sample(
        ip =>
        {
            Assert.Equal(Is4(ip), PublicAddress.Includes(Address(ip).MapToIPv6()));
            Assert.Equal(Is4(ip), PublicAddress.Includes(IPAddress.Parse($"64:ff9b::{ip >> 16:x}:{ip & 0xffff:x}")));
            Assert.False(PublicAddress.Includes(IPAddress.Parse($"2002:{ip >> 16:x}:{ip & 0xffff:x}::1")));
            Assert.False(PublicAddress.Includes(IPAddress.Parse($"2001:0:{ip >> 16:x}:{ip & 0xffff:x}::1")));
            Assert.False(PublicAddress.Includes(IPAddress.Parse($"::{ip >> 16:x}:{ip & 0xffff:x}")));
        },
        iter: 5_000);

    [Fact]
    public void The_table_says_of_IPv6_what_the_ranges_say() => Gen.Select(
        Gen.OneOf(
            Gen.UShort,
            Among(0x1fff, 0x2000, 0x2001, 0x2002, 0x2003, 0x3ffe, 0x3fff, 0x4000, 0x64, 0xfc00, 0xfdff, 0xfe80, 0xfec0, 0xff02)),
        Gen.OneOf(Gen.UShort, Among(0, 0x1ff, 0x200, 0xdb7, 0xdb8, 0xdb9, 0xfff, 0x1000, 0xff9b)),
        Gen.ULong).Sample(
        (first, second, rest) =>
        {
            var isPublic = first is >= 0x2000 and <= 0x3fff && first != 0x2002
                && !(first == 0x2001 && second is < 0x200 or 0xdb8) && !(first == 0x3fff && second < 0x1000);
            var bytes = new byte[16];
            BinaryPrimitives.WriteUInt16BigEndian(bytes, first);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), second);
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(4), rest | 1UL << 63);
            return PublicAddress.Includes(new IPAddress(bytes)) == isPublic;
        },
        iter: 20_000);

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("fe80::1%1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("255.255.255.255", false)]
    public void Well_known_addresses_are_known(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddress.Includes(IPAddress.Parse(address)));

    private static Gen<ushort> Among(params ushort[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static bool Is4(uint ip) => !Ranges.Any(range => ip >= Number(range.First) && ip <= Number(range.Last));

    private static uint Number(string address) => BinaryPrimitives.ReadUInt32BigEndian(IPAddress.Parse(address).GetAddressBytes());

    private static IPAddress Address(uint ip)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, ip);
        return new IPAddress(bytes);
    }
}
