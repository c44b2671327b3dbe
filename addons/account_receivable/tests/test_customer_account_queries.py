"""The figures and the documents of many customers cost what those of one cost."""

from .common_customer import FIGURES, ReceivableAccountCommon


class TestCustomerAccountQueries(ReceivableAccountCommon):
    def test_the_figures_of_eighty_customers_are_one_query(self):
        customers = self.partners.create([{"name": f"Customer {n}"} for n in range(80)])
        for customer in customers[:3]:
            self.document(10.0, partner_id=customer.id)
        customers.mapped("ar_balance")  # warms what is cached for longer than a request
        self.env.flush_all()
        self.env.invalidate_all()
        # as the list that shows the figures has read them before
        customers.mapped("name")
        customers.env.company.currency_id.mapped("name")
        with self.assertQueryCount(1):
            self.assertEqual(sum(customers.mapped("ar_balance")), 30.0)
            self.assertEqual(sum(customers.mapped("ar_overdue")), 30.0)

    def test_the_column_costs_a_contact_list_one_query(self):
        customers = self.partners.create([{"name": f"Customer {n}"} for n in range(80)])
        for customer in customers[:3]:
            self.document(10.0, partner_id=customer.id)
        domain = [("id", "in", customers.ids)]
        # the currency is the one that all amounts of the list are shown in
        columns = {"display_name": {}, "ar_currency_id": {"fields": {"display_name": {}}}}

        def read(*figures):
            return self.count_queries(
                lambda: self.partners.web_search_read(
                    domain, {**columns, **{figure: {} for figure in figures}}
                )
            )

        read(*FIGURES)  # warms what is cached for longer than a request
        self.assertEqual(read("ar_balance"), read() + 1)
        self.assertEqual(read(*FIGURES), read() + 1)

    def test_the_documents_cost_the_same_for_one_and_for_many(self):
        customers = self.partners.create([{"name": f"Customer {n}"} for n in range(10)])
        for customer in customers:
            self.document(10.0, partner_id=customer.id)

        def read(partners):
            return self.count_queries(lambda: partners.mapped("ar_document_ids"))

        read(customers)
        self.assertEqual(read(customers), read(customers[0]))
