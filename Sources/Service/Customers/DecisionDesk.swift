import EarshotCustomers
package import EarshotDomain
package import EarshotStore
import EarshotWire

/// An id that belongs to the decision of another customer.
package struct DecisionConflict: Error, Hashable, CustomStringConvertible {
    package let id: String

    package var description: String { "'\(id)' is the id of another customer's decision" }
}

/// Decides and logs, one request after the other.
package struct DecisionDesk {
    package struct Request: Hashable, Sendable {
        /// The same id again is the same decision.
        package let id: String
        /// Key of the customer.
        package let customer: String
        package let at: Timestamp

        package init(id: String, customer: String, at: Timestamp) {
            self.id = id
            self.customer = customer
            self.at = at
        }
    }

    private let store: Store
    private let desk: CustomerDesk
    /// The newest day's, since requests come in about the order of their moments.
    private var shop: (day: LocalDate, shop: Shop)?
    /// The newest moment's.
    private var maker: (at: Timestamp, maker: DecisionMaker)?

    package init(store: Store, desk: CustomerDesk) {
        self.store = store
        self.desk = desk
    }

    /// The decision as it stands in the log, in JSON; absent for an unknown customer.
    ///
    /// What was decided under an id before is answered again, whatever is known by now; under the
    /// id of another customer's decision nothing is. The cap counts what went out within its
    /// window on either side, so that requests out of order do not get round it.
    package mutating func decide(_ request: Request) async throws -> DecisionRecord? {
        if let known = try await store.decision(request.id) {
            guard known.customer == request.customer else {
                throw DecisionConflict(id: request.id)
            }
            return known
        }
        if maker?.at != request.at {
            let day = request.at.day
            if shop?.day != day { shop = (day, desk.shop(at: request.at)) }
            guard let shop else { return nil }
            maker = (request.at, desk.maker(at: request.at, shop.shop))
        }
        let contacts = try await desk.contacts(of: request.customer, around: request.at)
        let decision = maker?.maker.decision(
            id: request.id, customer: request.customer, contacts: contacts)
        guard let decision else { return nil }
        return try await store.record(DecisionRecord(decision))
    }
}

extension DecisionRecord {
    init(_ decision: Decision) {
        self.init(
            key: decision.id, customer: decision.customer, at: decision.at,
            known: decision.known, rule: decision.rule.rawValue, action: decision.action,
            item: decision.offer?.item, propensity: decision.propensity,
            isControl: decision.isControl,
            contents: String(decoding: DecisionJSON.writer(decision).bytes, as: UTF8.self))
    }
}
