package import EarshotDomain

/// Something that happened to an alert, on its way to whoever is to hear of it.
package struct AlertNews: Hashable, Sendable {
    package let brand: Brand
    package let openedAt: Timestamp
    package let event: AlertEvent

    package init(brand: Brand, openedAt: Timestamp, event: AlertEvent) {
        self.brand = brand
        self.openedAt = openedAt
        self.event = event
    }
}
