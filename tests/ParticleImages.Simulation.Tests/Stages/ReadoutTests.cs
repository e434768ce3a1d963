namespace ParticleImages.Simulation.Tests.Stages;

public class ReadoutTests
{
    private const int CentralBarrelRow = 60;

    private readonly RandomStream random = new();
    private readonly CrystalPatch crystals;
    private readonly Readout readout;
    private readonly float[] image = new float[Readout.Shape.Values];

    public ReadoutTests()
    {
        random.Restart(seed: 10, label: 0, index: 0);
        crystals = new CrystalPatch(noise: 0, random);
        readout = new Readout(keepAbove: 0.12, windowAbove: 1, random);
    }

    [Fact]
    public void The_hottest_crystal_stands_at_16_16_in_units_of_50_GeV()
    {
        crystals.Deposit(22.5, 37.5, 25);
        Assert.True(readout.TryRead(crystals, CentralBarrelRow, image));
        Assert.Equal(0.5f, EnergyAt(16, 16));
    }

    [Fact]
    public void Crystals_above_the_threshold_are_kept_and_others_are_not()
    {
        crystals.Deposit(24, 40, 30);
        crystals.Deposit(30, 40, 0.13);
        crystals.Deposit(31, 40, 0.12);
        Assert.True(readout.TryRead(crystals, CentralBarrelRow, image));

        Assert.Equal(0.13f / 50, EnergyAt(22, 16), 1e-9f);
        Assert.Equal(0, EnergyAt(23, 16));
        Assert.NotEqual(0, TimeAt(22, 16));
        Assert.Equal(0, TimeAt(23, 16));
    }

    [Fact]
    public void A_window_of_5_rows_and_9_columns_around_a_local_maximum_is_kept_whole()
    {
        for (int row = 0; row < CrystalPatch.Rows; row++)
        {
            for (int column = 0; column < CrystalPatch.Columns; column++)
            {
                crystals.Deposit(row, column, 0.05);
            }
        }

        crystals.Deposit(24, 40, 30);
        Assert.True(readout.TryRead(crystals, CentralBarrelRow, image));

        for (int row = 0; row < 32; row++)
        {
            for (int column = 0; column < 32; column++)
            {
                bool inside = Math.Abs(row - 16) <= 2 && Math.Abs(column - 16) <= 4;
                Assert.Equal(inside, EnergyAt(row, column) > 0);
            }
        }
    }

    [Fact]
    public void A_local_maximum_outside_the_image_keeps_its_window_inside()
    {
        crystals.Deposit(24, 40, 30);

        // The image's columns are 24 to 55; 57 is two beyond, and its window reaches in by two.
        crystals.Deposit(24, 57, 5);
        crystals.Deposit(24, 53, 0.05);
        crystals.Deposit(24, 52, 0.05);
        Assert.True(readout.TryRead(crystals, CentralBarrelRow, image));

        Assert.True(EnergyAt(16, 29) > 0);
        Assert.Equal(0, EnergyAt(16, 28));
    }

    [Fact]
    public void A_second_crystal_beside_a_hotter_one_opens_no_window()
    {
        crystals.Deposit(24, 40, 30);
        crystals.Deposit(24, 41, 20);
        crystals.Deposit(24, 45, 0.05);
        Assert.True(readout.TryRead(crystals, CentralBarrelRow, image));

        Assert.Equal(0, EnergyAt(16, 21));
    }

    [Fact]
    public void Negative_energies_become_0_also_in_a_window()
    {
        crystals.Deposit(24, 40, 30);
        crystals.Deposit(24, 41, -0.1);
        Assert.True(readout.TryRead(crystals, CentralBarrelRow, image));

        Assert.Equal(0, EnergyAt(16, 17));
        Assert.Equal(0, TimeAt(16, 17));
    }

    [Theory]
    [InlineData(24, 40, -8, true)]
    [InlineData(24, 40, -9, false)]
    [InlineData(24, 40, 130, true)]
    [InlineData(24, 40, 131, false)]
    [InlineData(18, 40, 60, false)]
    [InlineData(30, 40, 60, false)]
    [InlineData(24, 20, 60, false)]
    [InlineData(24, 60, 60, false)]
    public void An_event_whose_crop_leaves_the_barrel_or_the_patch_is_rejected(
        int row, int column, int firstBarrelRow, bool accepted)
    {
        crystals.Deposit(row, column, 30);
        Assert.Equal(accepted, readout.TryRead(crystals, firstBarrelRow, image));
        Assert.Equal(accepted, EnergyAt(16, 16) > 0);
    }

    [Theory]
    [InlineData(0.25, 6.092714)]
    [InlineData(1.0, 1.188691)]
    [InlineData(5.0, 0.482218)]
    [InlineData(50.0, 0.482218)]
    public void Times_spread_as_the_formula_says(double energy, double nanoseconds)
    {
        Assert.Equal(nanoseconds, Readout.TimeSpread(energy), 1e-6);
    }

    [Fact]
    public void Times_are_normal_around_0_in_units_of_50_ns()
    {
        crystals.Deposit(24, 40, 30);
        double[] times = Sample.Draw(20_000, () =>
        {
            Assert.True(readout.TryRead(crystals, CentralBarrelRow, image));
            return TimeAt(16, 16);
        });

        double spread = Readout.TimeSpread(30) / 50;
        Assert.Equal(0, times.Average() / spread, 0.04);
        Assert.Equal(1, Math.Sqrt(Sample.CentralMoment(times, 2)) / spread, 0.03);
    }

    [Fact]
    public void Crystals_are_measured_with_their_spread_and_noise()
    {
        var noisy = new CrystalPatch(noise: 0.042, random);
        var hot = new List<double>();
        var cold = new List<double>();
        for (int i = 0; i < 5000; i++)
        {
            noisy.Clear();
            noisy.Deposit(24, 40, 4);
            noisy.Measure();
            hot.Add(noisy[24, 40]);
            cold.Add(noisy[10, 10]);
        }

        // 1.4 % √4 = 0.028 GeV, and the noise.
        Assert.Equal(4, hot.Average(), 0.004);
        Assert.Equal(Math.Sqrt((0.028 * 0.028) + (0.042 * 0.042)), Math.Sqrt(Sample.CentralMoment([.. hot], 2)), 0.003);
        Assert.Equal(0, cold.Average(), 0.004);
        Assert.Equal(0.042, Math.Sqrt(Sample.CentralMoment([.. cold], 2)), 0.003);
    }

    [Fact]
    public void Deposits_outside_the_patch_are_lost()
    {
        crystals.Deposit(-0.1, 40, 1);
        crystals.Deposit(24, -0.1, 1);
        crystals.Deposit(CrystalPatch.Rows, 40, 1);
        crystals.Deposit(24, CrystalPatch.Columns, 1);

        for (int row = 0; row < CrystalPatch.Rows; row++)
        {
            for (int column = 0; column < CrystalPatch.Columns; column++)
            {
                Assert.Equal(0, crystals[row, column]);
            }
        }
    }

    private float EnergyAt(int row, int column) => image[2 * ((row * 32) + column)];

    private float TimeAt(int row, int column) => image[(2 * ((row * 32) + column)) + 1];
}
