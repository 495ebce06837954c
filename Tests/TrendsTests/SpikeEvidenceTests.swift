import EarshotTrends
import Testing

@Suite struct SpikeEvidenceTests {
    /// Second source: the note's formulas in Python, `math.log` and `math.exp`.
    @Test(arguments: [
        (9, 13, 0.27, 0.18, 400.0, 3.295_968_286_324_371),
        (15, 20, 0.365_5, 0.18, 110, 3.369_267_301_481_319),
        (5, 5, 0.22, 0.08, 0, 5.473_523_983_572_444),
        (40, 200, 0.15, 0.3, 5_000, 0.351_359_964_354_758_75),
        (2, 10, 0.25, 0.18, 400, 0),
        (0, 0, 0.25, 0.18, 400, 0),
    ])
    func shareAgreesWithAnotherImplementation(
        k: Int, m: Int, q: Double, deviation: Double, learned: Double, expected: Double
    ) {
        let found = SpikeTest.share(
            negatives: k, stories: m, usual: q, deviation: deviation, learned: learned)
        #expect(abs(found - expected) < 1e-12)
    }

    @Test(arguments: [
        (13, 3.2, 24, 0.22, 5.581_886_489_465_859),
        (20, 3.759, 24, 0.3, 10.777_084_052_985_327),
        (8, 0.5, 1, 0.22, 10.892_765_744_016_282),
        (300, 120, 72, 0.6, 7.842_302_899_517_001),
        (3, 4, 6, 0.22, 0),
    ])
    func volumeAgreesWithAnotherImplementation(
        m: Int, e: Double, hours: Int, variation: Double, expected: Double
    ) {
        let found = SpikeTest.volume(
            stories: m, expected: e, hours: hours, variation: variation)
        #expect(abs(found - expected) < 1e-12)
    }
}
