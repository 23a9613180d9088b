// What an engine in a process of its own (engine_process.h) and the program that started it (worker/) say to each other:
// one frame (workers/frame.h) a message.
//
//   the order ->                            what to run
//   <- resolve, files, stat, read           what LakeAccess is asked, one at a time; each has an answer
//   <- columns, then rows ...               the answer of the query, as it comes
//   <- done | failed                        the end
//
// A message of the worker begins with its Says, an answer to it with an Outcome; what follows is packed (packing.h), but
// for the bytes of files, which follow as they are, and rows, which are their cells one after the other. Tables and files are known by numbers that the server gave: the worker
// has no other names for what it may ask.
#pragma once
#include <string>

#include "base/error.h"
#include "query/engine.h"
#include "query/lake_access.h"
#include "query/packing.h"

namespace weir::query {

enum class Says : char {
  resolve = 'T',
  files = 'F',
  stat = 'S',
  read = 'R',
  columns = 'C',
  rows = 'B',
  done = 'D',
  failed = 'X'
};
enum class Outcome : char { ok = '+', failed = '-' };

inline constexpr uint32_t kReadBytesMax = 1u << 20;        // of a file, at once
inline constexpr uint32_t kRowsBytes = 64u << 10;          // of rows are sent together, or one row that is larger
inline constexpr uint32_t kSaidBytesMax = 1u << 20;        // of a message of the worker that is no rows
inline constexpr uint32_t kAnsweredBytesMax = 256u << 20;  // of an answer: a list of a million files

struct Order {
  std::string sql;
  std::optional<std::string> default_database;
  uint64_t row_bytes_max = 0;
};

struct FilesAsked {
  uint64_t table = 0;
  std::string partitions;  // the text of a predicate
};

struct FileAsked {
  uint64_t file = 0;
};

struct ReadAsked {
  uint64_t file = 0, offset = 0, bytes = 0;
};

struct NumberedTable {
  uint64_t number = 0;
  GovernedTable table;  // without its session
};

struct NumberedFile {
  uint64_t number = 0;
  DataFile file;  // without its session
};

struct Done {
  bool whole = true;  // false: a row came that was larger than the order allows
};

using Row = std::vector<std::optional<std::string>>;

template <class Packing>
void pack(Packing& with, OfPacking<Packing, Order>& order) {
  with(order.sql, order.default_database, order.row_bytes_max);
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, TableRef>& table) {
  with(table.database, table.table);
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, FilesAsked>& asked) {
  with(asked.table, asked.partitions);
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, FileAsked>& asked) {
  with(asked.file);
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, ReadAsked>& asked) {
  with(asked.file, asked.offset, asked.bytes);
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, FileStat>& stat) {
  with(stat.size);
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, ResultColumn>& column) {
  with(column.name, column.type);
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, Done>& done) {
  with(done.whole);
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, base::Error>& error) {
  with(error.kind, error.says, error.log, error.about, error.decision_id);
  if constexpr (Packing::kReads) {
    if (error.kind < base::Kind::invalid || error.kind > base::Kind::internal) with.fail();
  }
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, TableColumn>& column) {
  with(column.name, column.type);
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, TextShape>& text) {
  with(text.separator, text.quote, text.escape, text.null_text, text.header_lines);
}

template <class Packing>
void pack(Packing& with, OfPacking<Packing, NumberedFile>& numbered) {
  with(numbered.number, numbered.file.path, numbered.file.size, numbered.file.partition_values);
}

// A table with its view; predicates are packed as trees (messages.cc).
std::string packed_table(const NumberedTable& table);
std::optional<NumberedTable> unpacked_table(std::string_view bytes);

}  // namespace weir::query
