"""A lake with one of everything that a document can hold, made through the public APIs."""

import json

from conftest import ACCOUNT, Clients
from lake import allow, location_policy, storage, trust_service

ODD_VALUES = ["2024-01-01", "a/b", "per cent %2F", "ünïcödé 東京 🦆", "quote ' \" \\", "a=b", "  spaces  ", "null",
              "__HIVE_DEFAULT_PARTITION__", "line\nbreak", "1e10"]


def principal(name: str, kind: str = "role", account: str = ACCOUNT) -> dict:
    return {"DataLakePrincipalIdentifier": f"arn:aws:iam::{account}:{kind}/{name}"}


def trust(*arns: str) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": list(arns)}, "Action": "sts:AssumeRole"}]})


class RichLake:
    def __init__(self, admin: Clients, account: str = ACCOUNT):
        self.admin, self.account = admin, account
        self.glue, self.lf, self.iam = admin.glue, admin.lakeformation, admin.iam

    def arn(self, name: str, kind: str = "role") -> str:
        return principal(name, kind, self.account)["DataLakePrincipalIdentifier"]

    def build(self) -> "RichLake":
        self.identities()
        self.places()
        self.catalog()
        self.partitions()
        self.statistics()
        self.tags()
        self.filters()
        self.grants()
        self.settings()
        return self

    def identities(self) -> None:
        iam = self.iam
        iam.create_policy(PolicyName="lake-reader", Path="/data/", Description="reads",
                          PolicyDocument=allow(["glue:Get*"], f"arn:aws:glue:us-east-1:{self.account}:*"),
                          Tags=[{"Key": "team", "Value": "ünits"}])
        policy = f"arn:aws:iam::{self.account}:policy/data/lake-reader"
        iam.create_group(GroupName="analysts", Path="/people/")
        iam.create_user(UserName="ada", Path="/people/", Tags=[{"Key": "b", "Value": "2"}, {"Key": "a", "Value": "1"}],
                        PermissionsBoundary=policy)
        iam.create_user(UserName="bob")
        iam.add_user_to_group(GroupName="analysts", UserName="ada")
        iam.put_user_policy(UserName="ada", PolicyName="own", PolicyDocument=allow(["s3:ListAllMyBuckets"]))
        iam.put_group_policy(GroupName="analysts", PolicyName="shared", PolicyDocument=allow(["glue:GetTable"]))
        iam.attach_user_policy(UserName="bob", PolicyArn=policy)
        iam.attach_group_policy(GroupName="analysts", PolicyArn=policy)
        iam.create_role(RoleName="location", AssumeRolePolicyDocument=trust_service(), Path="/service/",
                        Description="reads the lake", MaxSessionDuration=7200)
        iam.put_role_policy(RoleName="location", PolicyName="data", PolicyDocument=location_policy("rich"))
        # Two roles that trust each other: neither can be made first as it is.
        iam.create_role(RoleName="engine", AssumeRolePolicyDocument=trust(self.arn("people/ada", "user")),
                        Tags=[{"Key": "department", "Value": "eu"}])
        iam.create_role(RoleName="auditor", AssumeRolePolicyDocument=trust(self.arn("engine")), PermissionsBoundary=policy)
        iam.update_assume_role_policy(RoleName="engine", PolicyDocument=trust(self.arn("auditor")))
        iam.attach_role_policy(RoleName="engine", PolicyArn=policy)

    def places(self) -> None:
        role = self.arn("service/location")
        self.lf.register_resource(ResourceArn="arn:aws:s3:::rich/lake", RoleArn=role)
        self.lf.register_resource(ResourceArn="arn:aws:s3:::rich/hybrid", RoleArn=role, HybridAccessEnabled=True)

    def catalog(self) -> None:
        glue = self.glue
        glue.create_database(DatabaseInput={
            "Name": "sales", "Description": "ünïcödé \u2603 \"quoted\"", "LocationUri": "s3://rich/lake/sales",
            "Parameters": {"z": "last", "a": "first", "empty": "", "\u043a\u043b\u044e\u0447": "\u503c"}},
            Tags={"owner": "données", "cost": "1"})
        glue.create_database(DatabaseInput={"Name": "hybrid", "LocationUri": "s3://rich/hybrid"})
        glue.create_database(DatabaseInput={"Name": "empty"})
        glue.create_database(DatabaseInput={
            "Name": "link", "TargetDatabase": {"CatalogId": self.account, "DatabaseName": "sales"}})
        columns = [("id", "bigint"), ("price", "decimal(10,2)"), ("when", "timestamp"), ("pii", "string"),
                   ("inner", "struct<a:int,b:array<string>>")]
        orders = storage("s3://rich/lake/sales/orders", columns)
        orders["Columns"][0] |= {"Comment": "the ünique id", "Parameters": {"k": "v", "b": "a"}}
        orders |= {"Compressed": True, "NumberOfBuckets": 4, "BucketColumns": ["id"], "StoredAsSubDirectories": False,
                   "SortColumns": [{"Column": "id", "SortOrder": 1}], "Parameters": {"serde": "x"},
                   "SkewedInfo": {"SkewedColumnNames": ["id"], "SkewedColumnValues": ["1"],
                                  "SkewedColumnValueLocationMaps": {"1": "s3://rich/lake/skew"}}}
        glue.create_table(DatabaseName="sales", TableInput={
            "Name": "orders", "Description": "all orders", "Owner": "hive", "Retention": 7, "TableType": "EXTERNAL_TABLE",
            "LastAccessTime": 1700000000, "Parameters": {"classification": "parquet", "EXTERNAL": "TRUE"},
            "StorageDescriptor": orders, "PartitionKeys": [{"Name": "day", "Type": "string"}, {"Name": "n", "Type": "int"}]},
            PartitionIndexes=[{"IndexName": "by_n", "Keys": ["n"]}, {"IndexName": "by_day", "Keys": ["day", "n"]}])
        # Another version: only the latest travels.
        glue.update_table(DatabaseName="sales", TableInput={
            "Name": "orders", "Description": "all orders, again", "Retention": 7, "TableType": "EXTERNAL_TABLE",
            "Parameters": {"classification": "parquet"}, "StorageDescriptor": orders,
            "PartitionKeys": [{"Name": "day", "Type": "string"}, {"Name": "n", "Type": "int"}]})
        glue.create_table(DatabaseName="sales", TableInput={
            "Name": "customers", "TableType": "EXTERNAL_TABLE", "Parameters": {"skip.header.line.count": "1"},
            "StorageDescriptor": storage("s3://rich/lake/sales/customers", [("name", "string"), ("country", "string")],
                                         "csv", separatorChar=";", quoteChar="\"")})
        glue.create_table(DatabaseName="sales", TableInput={
            "Name": "recent", "TableType": "VIRTUAL_VIEW", "ViewOriginalText": "SELECT 1", "ViewExpandedText": "SELECT 1",
            "StorageDescriptor": {"Columns": [{"Name": "one", "Type": "int"}]}})
        glue.create_table(DatabaseName="hybrid", TableInput={
            "Name": "open", "TableType": "EXTERNAL_TABLE",
            "StorageDescriptor": storage("s3://rich/hybrid/open", [("a", "string"), ("b", "int")])})
        glue.create_table(DatabaseName="empty", TableInput={
            "Name": "orders_link", "TargetTable": {"CatalogId": self.account, "DatabaseName": "sales", "Name": "orders"}})
        glue.create_user_defined_function(DatabaseName="sales", FunctionInput={
            "FunctionName": "mask", "ClassName": "org.example.Mask", "OwnerName": "ops", "OwnerType": "USER",
            "ResourceUris": [{"ResourceType": "JAR", "Uri": "s3://rich/lib/mask.jar"},
                             {"ResourceType": "FILE", "Uri": "s3://rich/lib/a.txt"}]})

    def partitions(self) -> None:
        inputs = [{"Values": [value, str(i)], "Parameters": {"i": str(i)}, "StorageDescriptor": storage(
            f"s3://rich/lake/sales/orders/p{i}", [("id", "bigint"), ("extra", "string")])}
            for i, value in enumerate(ODD_VALUES)]
        inputs += [{"Values": [f"2023-{i:04}", str(i)]} for i in range(230)]
        for at in range(0, len(inputs), 100):
            answer = self.glue.batch_create_partition(DatabaseName="sales", TableName="orders",
                                                      PartitionInputList=inputs[at:at + 100])
            assert not answer["Errors"], answer["Errors"][:3]

    def statistics(self) -> None:
        ids = {"ColumnName": "id", "ColumnType": "bigint", "AnalyzedTime": 1700000000, "StatisticsData": {
            "Type": "LONG", "LongColumnStatisticsData": {
                "MinimumValue": -(2**63), "MaximumValue": 2**63 - 1, "NumberOfNulls": 3, "NumberOfDistinctValues": 9}}}
        price = {"ColumnName": "price", "ColumnType": "decimal(10,2)", "AnalyzedTime": 1700000000.5, "StatisticsData": {
            "Type": "DECIMAL", "DecimalColumnStatisticsData": {
                "MinimumValue": {"UnscaledValue": b"\x00\xff\x10", "Scale": 2}, "NumberOfNulls": 0,
                "NumberOfDistinctValues": 4}}}
        pii = {"ColumnName": "pii", "ColumnType": "string", "AnalyzedTime": 1700000000, "StatisticsData": {
            "Type": "STRING", "StringColumnStatisticsData": {
                "MaximumLength": 10, "AverageLength": 4.0, "NumberOfNulls": 0, "NumberOfDistinctValues": 4}}}
        answer = self.glue.update_column_statistics_for_table(DatabaseName="sales", TableName="orders",
                                                              ColumnStatisticsList=[price, pii, ids])
        assert not answer["Errors"]
        answer = self.glue.update_column_statistics_for_partition(
            DatabaseName="sales", TableName="orders", PartitionValues=[ODD_VALUES[4], "4"], ColumnStatisticsList=[ids])
        assert not answer["Errors"]

    def tags(self) -> None:
        lf = self.lf
        lf.create_lf_tag(TagKey="level", TagValues=["public", "secret", "internal"])
        lf.create_lf_tag(TagKey="region", TagValues=["eu", "us"])
        table = {"DatabaseName": "sales", "Name": "orders"}
        for resource, tags in [
            ({"Database": {"Name": "sales"}}, [("level", "internal"), ("region", "eu")]),
            ({"Table": table}, [("level", "public")]),  # overrides what it inherits
            ({"TableWithColumns": table | {"ColumnNames": ["pii", "price"]}}, [("level", "secret")]),
        ]:
            answer = lf.add_lf_tags_to_resource(
                Resource=resource, LFTags=[{"TagKey": key, "TagValues": [value]} for key, value in tags])
            assert not answer["Failures"]
        lf.create_lf_tag_expression(Name="open_eu", Description="what anybody in the EU may see", Expression=[
            {"TagKey": "region", "TagValues": ["eu"]}, {"TagKey": "level", "TagValues": ["public", "internal"]}])

    def filters(self) -> None:
        def make(name: str, **rest) -> None:
            self.lf.create_data_cells_filter(TableData={
                "TableCatalogId": self.account, "DatabaseName": "sales", "TableName": "orders", "Name": name} | rest)
        make("cheap", RowFilter={"FilterExpression": "price < 10 AND pii <> 'ü'"}, ColumnWildcard={})
        make("no_pii", RowFilter={"AllRowsWildcard": {}}, ColumnWildcard={"ExcludedColumnNames": ["pii", "inner"]})
        make("ids", RowFilter={"FilterExpression": "id > 0"}, ColumnNames=["price", "id"])

    def grant(self, who: str, permissions: list[str], resource: dict, option: list[str] = (), **rest) -> None:
        self.lf.grant_permissions(Principal={"DataLakePrincipalIdentifier": who}, Permissions=permissions,
                                  PermissionsWithGrantOption=list(option), Resource=resource, **rest)

    def grants(self) -> None:
        engine, auditor, ada, bob = (self.arn("engine"), self.arn("auditor"), self.arn("people/ada", "user"),
                                     self.arn("bob", "user"))
        orders = {"DatabaseName": "sales", "Name": "orders"}
        filter_of = {"TableCatalogId": self.account, "DatabaseName": "sales", "TableName": "orders"}
        self.grant(engine, ["CREATE_DATABASE", "CREATE_LF_TAG"], {"Catalog": {}}, ["CREATE_DATABASE"])
        self.grant(engine, ["ALL"], {"Database": {"Name": "sales"}}, ["ALL"])
        self.grant(bob, ["DESCRIBE", "CREATE_TABLE"], {"Database": {"Name": "hybrid"}}, ["DESCRIBE"])
        self.grant(engine, ["SELECT", "INSERT", "DESCRIBE"], {"Table": orders}, ["SELECT"])
        self.grant(bob, ["SELECT", "DESCRIBE"], {"Table": {"DatabaseName": "sales", "TableWildcard": {}}}, ["DESCRIBE"])
        self.grant(ada, ["SELECT"], {"TableWithColumns": orders | {"ColumnNames": ["price", "id"]}}, ["SELECT"])
        self.grant(auditor, ["SELECT"],
                   {"TableWithColumns": orders | {"ColumnWildcard": {"ExcludedColumnNames": ["pii"]}}})
        self.grant(auditor, ["SELECT", "DESCRIBE"], {"DataCellsFilter": filter_of | {"Name": "cheap"}}, ["DESCRIBE"])
        self.grant(engine, ["DATA_LOCATION_ACCESS"], {"DataLocation": {"ResourceArn": "arn:aws:s3:::rich/lake/sales"}},
                   ["DATA_LOCATION_ACCESS"])
        self.grant(engine, ["ASSOCIATE", "DESCRIBE"], {"LFTag": {"TagKey": "level", "TagValues": ["public"]}},
                   ["DESCRIBE"])
        self.grant(auditor, ["DESCRIBE"], {"LFTag": {"TagKey": "region", "TagValues": ["*"]}})
        self.grant(engine, ["SELECT", "DESCRIBE"], {"LFTagPolicy": {"ResourceType": "TABLE", "Expression": [
            {"TagKey": "region", "TagValues": ["us", "eu"]}, {"TagKey": "level", "TagValues": ["public"]}]}}, ["SELECT"])
        self.grant(auditor, ["DESCRIBE"], {"LFTagPolicy": {"ResourceType": "DATABASE", "ExpressionName": "open_eu"}})
        self.grant(auditor, ["DESCRIBE"], {"LFTagExpression": {"Name": "open_eu"}})
        self.grant("IAM_ALLOWED_PRINCIPALS", ["ALL"], {"Table": {"DatabaseName": "hybrid", "Name": "open"}})
        self.grant(f"{self.account}:IAMPrincipals", ["DESCRIBE"], {"Table": {"DatabaseName": "sales", "Name": "recent"}})
        self.grant(engine, ["SELECT"], {"Table": {"DatabaseName": "hybrid", "Name": "open"}},
                   Condition={"Expression": 'context.iam.principalTags.getTag("department") == "eu"'})
        # What the maker of a table may, no longer: the document must not bring it back.
        self.lf.revoke_permissions(Principal=self.lf.get_data_lake_settings()["DataLakeSettings"]["DataLakeAdmins"][0],
                                   Resource={"Table": {"DatabaseName": "sales", "Name": "customers"}},
                                   Permissions=["ALL"], PermissionsWithGrantOption=["ALL"])
        self.lf.create_lake_formation_opt_in(Principal={"DataLakePrincipalIdentifier": engine},
                                             Resource={"Table": {"DatabaseName": "hybrid", "Name": "open"}})
        self.lf.create_lake_formation_opt_in(Principal={"DataLakePrincipalIdentifier": bob},
                                             Resource={"Database": {"Name": "hybrid"}})

    def settings(self) -> None:
        settings = self.lf.get_data_lake_settings()["DataLakeSettings"]
        self.lf.put_data_lake_settings(DataLakeSettings=settings | {
            "DataLakeAdmins": settings["DataLakeAdmins"] + [{"DataLakePrincipalIdentifier": self.arn("people/ada", "user")}],
            "ReadOnlyAdmins": [{"DataLakePrincipalIdentifier": self.arn("auditor")}],
            "AllowExternalDataFiltering": True, "AllowFullTableExternalDataAccess": True,
            "ExternalDataFilteringAllowList": [{"DataLakePrincipalIdentifier": self.account}],
            "AuthorizedSessionTagValueList": ["zeta", "alpha"],
            "CreateTableDefaultPermissions": [
                {"Principal": {"DataLakePrincipalIdentifier": "IAM_ALLOWED_PRINCIPALS"}, "Permissions": ["ALL"]}]})
