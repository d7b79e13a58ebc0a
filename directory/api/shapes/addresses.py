"""Where things are read: the pages for people and the objects of the interface, as paths that a reader joins to where it asked."""


def service_page(service_id: str) -> str:
    return f"/services/{service_id}"


def organization_page(organization_id: str) -> str:
    return f"/organizations/{organization_id}"


def location_page(location_id: str) -> str:
    return f"/locations/{location_id}"


def service_object(service_id: str) -> str:
    return f"/api/v1/services/{service_id}"


def organization_object(organization_id: str) -> str:
    return f"/api/v1/organizations/{organization_id}"


def location_object(location_id: str) -> str:
    return f"/api/v1/locations/{location_id}"
