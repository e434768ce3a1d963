using ParticleImages.Formats.Hdf5;

namespace ParticleImages.Formats.Tests.Hdf5;

public sealed class BandCacheTests
{
    [Fact]
    public void The_band_used_longest_ago_makes_room()
    {
        var cache = new BandCache(limit: 30);
        foreach (long band in (long[])[1, 2, 3])
        {
            cache.Add(band, cache.Rent(10));
        }

        Assert.True(cache.TryGet(1, out _));
        cache.Add(4, cache.Rent(10));
        Assert.Equal([1, 3, 4], Kept(cache));
    }

    [Fact]
    public void A_band_larger_than_the_limit_is_kept_alone()
    {
        var cache = new BandCache(limit: 30);
        cache.Add(1, cache.Rent(10));
        cache.Add(2, cache.Rent(100));
        Assert.Equal([2], Kept(cache));
        cache.Add(3, cache.Rent(100));
        Assert.Equal([3], Kept(cache));
    }

    [Fact]
    public void The_memory_of_a_band_that_makes_room_is_used_again()
    {
        var cache = new BandCache(limit: 10);
        byte[] first = cache.Rent(10);
        cache.Add(1, first);
        Assert.Same(first, cache.Rent(10));
        Assert.False(cache.TryGet(1, out _));
    }

    private static long[] Kept(BandCache cache) =>
        [.. Enumerable.Range(1, 9).Select(band => (long)band).Where(band => cache.TryGet(band, out _))];
}
