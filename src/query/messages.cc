#include "query/messages.h"

namespace weir::query {

using catalog::Literal;
using catalog::Predicate;
using catalog::PredicatePtr;
using permissions::VisibleColumn;

// Each value of the variant in turn, for the reader; the writer has the one that is there.
template <size_t I, class Packing, class Variant>
void pack_alternative(Packing& with, Variant& value, uint8_t index) {
  if constexpr (I < std::variant_size_v<std::remove_const_t<Variant>>) {
    if (index != I) return pack_alternative<I + 1>(with, value, index);
    if constexpr (Packing::kReads) value.template emplace<I>();
    if constexpr (I > 0) with(std::get<I>(value));
  } else if constexpr (Packing::kReads) {
    with.fail();
  }
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, Literal>& literal) {
  auto index = static_cast<uint8_t>(literal.value.index());
  with(index, literal.family);
  pack_alternative<0>(with, literal.value, index);
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, PredicatePtr>& predicate);

template <class Packing>
void pack(Packing& with, OfPacking<Packing, Predicate>& predicate) {
  with(predicate.op, predicate.column, predicate.family, predicate.literals, predicate.children);
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, PredicatePtr>& predicate) {
  bool there = predicate != nullptr;
  with(there);
  if (!there) return;
  if constexpr (Packing::kReads) {
    auto made = std::make_shared<Predicate>();
    with(*made);
    predicate = std::move(made);
  } else {
    with(*predicate);
  }
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, VisibleColumn>& column) {
  with(column.name, column.visible_when, column.fields, column.partition_key);
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, permissions::TableView>& view) {
  with(view.columns, view.row_filter, view.all_columns, view.all_rows);
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, NumberedTable>& numbered) {
  auto& table = numbered.table;
  with(numbered.number, table.database, table.name, table.columns, table.partition_keys, table.format, table.text,
       table.view, table.decision_id);
}

std::string packed_table(const NumberedTable& table) { return packed(table); }

std::optional<NumberedTable> unpacked_table(std::string_view bytes) { return unpacked<NumberedTable>(bytes); }

}  // namespace weir::query
