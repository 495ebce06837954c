package import EarshotDomain
package import EarshotFeeds
package import EarshotStore
package import EarshotTransport

/// What `earshot.yaml` says: machine settings, and what is listened to and for whom.
package struct Configuration: Hashable, Sendable {
    /// How the fetcher behaves towards other people's servers.
    package struct Fetch: Hashable, Sendable {
        package var userAgent = "Earshot/0.1 (+https://earshot.invalid/bot)"
        /// From the first byte sent to the last received; the research note on feeds.
        package var timeout: Duration = .seconds(20)
        /// Bytes after decompression; the research note on feeds.
        package var maxBody = 16 << 20
        /// Transfers at a time; the research note on feeds.
        package var inFlight = 32
        /// What may be reached although it is not public.
        package var allow: [AllowedPeer] = []

        package init() {}
    }

    /// Who reads a daily digest, of which brands, in which language and zone.
    package struct Reader: Hashable, Sendable {
        package let key: String
        package let name: String
        /// `en` or `zh`.
        package let language: String
        /// IANA name.
        package let zone: String
        /// Minutes after local midnight at which the digest of the day before is due.
        package let minute: Int
        /// Brand keys.
        package let brands: [String]
    }

    /// Path of the store, relative to the folder of the file.
    package var store = "earshot.db"
    package var fetch = Fetch()
    package var sources: [SourceDeclaration] = []
    package var brands: [BrandDeclaration] = []
    package var readers: [Reader] = []
    package var destinations: [Destination] = []
    package var campaigns: [Campaign] = []
    package var targeting = TargetingRules()
    /// How platforms are read: a user's mappings, and those that come with Earshot.
    package var mappings = MappingSet.builtIn
    /// Folder of the file, on which paths in it hang.
    package var folder = "."

    package init() {}
}
